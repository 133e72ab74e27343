export { encodeModel, decodeModel } from './save-model.ts';
export { fit } from './fit.ts';
export type { FitOptions, FitProgress } from './fit-options.ts';
export { hiddenTypes } from './fit-options.ts';
export { impute, imputedRows, type Filled, type ImputeOptions } from './impute.ts';
export type { ModelData, NumberRows, TableRows } from './model-data.ts';
export type { CellForm, ModelInputs } from './model-inputs.ts';
export { Model, type FloatRows, type ModelParts } from './model.ts';
export {
  oddColumns,
  type OddColumn,
  type OddColumnsOptions,
  type OddRow,
} from './odd-columns.ts';
export { classes, predict, probabilities } from './predict.ts';
export { sample, type SampleOptions } from './sample.ts';
export { score, type ScoreOptions } from './score.ts';
export { transform, type TransformOptions } from './transform.ts';
