export {
  decodeBundle,
  encodeBundle,
  ModelFileError,
  readBundleHeader,
  type Bundle,
  type BundleHeader,
  type Json,
} from './bundle.ts';
export { centeredBiases, plainBiases, type Biases } from './centering.ts';
export { checkFinite, checkFiniteAtOnce, finiteFigure, readsAtOnce } from './check-finite.ts';
export { checkFloats } from './check-floats.ts';
export { checkSchedule } from './check-schedule.ts';
export {
  decodeCheckpoint,
  encodeCheckpoint,
  positionSchema,
  type CheckpointFormat,
  type Resumable,
} from './checkpoint.ts';
export { plainData } from './plain-data.ts';
export { decodeTrainer, encodeTrainer } from './checkpoint-trainer.ts';
export {
  features,
  hiddenInput,
  hiddenMean,
  reconstruct,
  sampleHidden,
  sampleVisible,
  visibleInput,
  visibleMean,
} from './conditionals.ts';
export { DivergenceError } from './divergence-error.ts';
export { energy, freeEnergy, hiddenFreeEnergy } from './energy.ts';
export { firstIssue } from './first-issue.ts';
export { freeEnergyGap } from './free-energy-gap.ts';
export { gibbs, type JointState } from './gibbs.ts';
export { centeredGradient, gradient, type Gradient, type Offsets } from './gradient.ts';
export { HealthCheck, type Watched } from './health-check.ts';
export { hiddenActivity, type HiddenActivity } from './hidden-activity.ts';
export { nonZeros, withZeros } from './keep-zeros.ts';
export { limitNorms } from './limit-norms.ts';
export { checkInput, checkInputAtOnce, InputCheck } from './input-check.ts';
export { finiteRule, labelRule, unitsRule, type InputRule } from './input-rule.ts';
export { localFields, type LocalFieldsOptions } from './local-fields.ts';
export {
  contrastiveDivergence,
  persistentContrastiveDivergence,
  type ChainOptions,
  type NegativePhase,
  type NegativeStatistics,
  type PositivePhase,
} from './negative-phase.ts';
export { checkRbm } from './model-states.ts';
export { NotFiniteError } from './not-finite-error.ts';
export { parameterTensors, setParameter } from './parameters.ts';
export { pseudoLikelihood } from './pseudo-likelihood.ts';
export { checkRbmTensors, createRbm, Rbm, type Layer, type RbmOptions } from './rbm.ts';
export { rbmConfig, rbmFromConfig } from './rbm-config.ts';
export { reconstructionError } from './reconstruction-error.ts';
export {
  checkEpochs,
  checkMinibatches,
  checkPosition,
  checkState,
  type StateShapes,
} from './run-state.ts';
export { savedUnits, unitsSchema } from './saved-units.ts';
export { decodeRbm, encodeRbm } from './save-rbm.ts';
export { scheduled, type LinearSchedule, type Schedule } from './schedule.ts';
export { RbmTrainer } from './trainer.ts';
export type { EpochReport, TrainingPosition } from './training-position.ts';
export { resolveTrainingOptions } from './resolve-training-options.ts';
export type {
  NegativePhaseOptions,
  ResolvedTrainingOptions,
  TrainingOptions,
} from './training-options.ts';
