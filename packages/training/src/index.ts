export {
  type Bundle,
  type BundleHeader,
  type Json,
  ModelFileError,
  decodeBundle,
  encodeBundle,
  readBundleHeader,
} from './bundle.ts';
export { checkFinite, checkFiniteAtOnce, finiteFigure, readsAtOnce } from './check-finite.ts';
export { checkSchedule } from './check-schedule.ts';
export { checkConfig, wholeFrom, type ConfigRules } from './check-config.ts';
export {
  type CheckpointFormat,
  type Resumable,
  decodeCheckpoint,
  encodeCheckpoint,
  positionRules,
} from './checkpoint.ts';
export { DivergenceError } from './divergence-error.ts';
export { HealthCheck, type Watched } from './health-check.ts';
export { InputCheck, checkInput, checkInputAtOnce } from './input-check.ts';
export {
  type ColumnsRule,
  type GroupRule,
  type InputRule,
  finiteRule,
  labelRule,
  unitsRule,
} from './input-rule.ts';
export { keepZeros, nonZeros, withZeros } from './keep-zeros.ts';
export { limitNorms } from './limit-norms.ts';
export { NotFiniteError } from './not-finite-error.ts';
export { plainData } from './plain-data.ts';
export {
  type StateShapes,
  checkEpochs,
  checkMinibatches,
  checkPosition,
  checkState,
} from './run-state.ts';
export { savedUnits } from './saved-units.ts';
export { type LinearSchedule, type Schedule, scheduled } from './schedule.ts';
export {
  parameterOf,
  tiedParameters,
  type Parameter,
  type ParameterBounds,
  type ParameterKind,
  type ParameterTraits,
} from './parameter.ts';
export { adam, type AdamOptions } from './adam.ts';
export { chain, linkFromConfig, optimizerFromConfig } from './chain.ts';
export { clipNorm, type ClipNormOptions } from './clip-norm.ts';
export { linkTypes, type LinkOptions, type OptimizerOptions } from './link-types.ts';
export { maxNorm, type MaxNormOptions } from './max-norm.ts';
export type {
  Link,
  LinkConfig,
  LinkType,
  Moment,
  Moved,
  Optimizer,
  OptimizerConfig,
  OptimizerState,
  Penalty,
  Turned,
} from './optimizer.ts';
export { optimizerOfOptions, type OptimizerAdditions } from './optimizer-of-options.ts';
export { sgd, type SgdOptions } from './sgd.ts';
export type { TrainingPosition } from './training-position.ts';
export {
  TrainingRun,
  type EpochSteps,
  type EpochTotal,
  type Minibatches,
  type TrainingRunOptions,
} from './training-run.ts';
export { weightDecay } from './weight-decay.ts';
