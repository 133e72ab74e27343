export { centeredBiases, plainBiases, type Biases } from './centering.ts';
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
export { energy, freeEnergy, hiddenFreeEnergy } from './energy.ts';
export { freeEnergyGap } from './free-energy-gap.ts';
export { gibbs, type JointState } from './gibbs.ts';
export { centeredGradient, gradient, type Gradient, type Offsets } from './gradient.ts';
export { hiddenActivity, type HiddenActivity } from './hidden-activity.ts';
export { impute, type ImputeOptions } from './impute.ts';
export { localFields, type LocalFieldsOptions } from './local-fields.ts';
export {
  contrastiveDivergence,
  type CdOptions,
  type ContrastiveDivergenceOptions,
} from './contrastive-divergence.ts';
export type { EpochReport } from './epoch-report.ts';
export type { FpcdOptions } from './fast-persistent-contrastive-divergence.ts';
export type {
  ChainOptions,
  FollowedGradient,
  NegativePhase,
  NegativePhaseConfig,
  NegativePhaseKind,
  NegativeStatistics,
  PhaseMoment,
  PositivePhase,
} from './negative-phase.ts';
export { fillMissing, type MissingOptions, type ResolvedMissing } from './missing-values.ts';
export {
  negativePhaseKind,
  negativePhaseKinds,
  type NegativePhaseOptions,
  type ResolvedNegativePhase,
} from './negative-phase-kinds.ts';
export {
  persistentContrastiveDivergence,
  type PcdOptions,
  type PersistentChainOptions,
} from './persistent-contrastive-divergence.ts';
export { pseudoLikelihood } from './pseudo-likelihood.ts';
export { createRbm, Rbm, type Layer, type RbmOptions } from './rbm.ts';
export type { MatrixNumbers, NumberArray, RbmArrays, RowNumbers } from './rbm-arrays.ts';
export { rbmFromArrays } from './rbm-from-arrays.ts';
export { rbmToArrays, type FloatArray, type FloatRbmArrays } from './rbm-to-arrays.ts';
export { reconstructionError } from './reconstruction-error.ts';
export { decodeRbm, encodeRbm } from './save-rbm.ts';
export { RbmTrainer } from './trainer.ts';
export type { ResolvedTrainingOptions, TrainingOptions } from './training-options.ts';
export {
  DivergenceError,
  ModelFileError,
  NotFiniteError,
  scheduled,
  type Json,
  type LinearSchedule,
  type Schedule,
  type TrainingPosition,
} from '@deepbelief/training';
