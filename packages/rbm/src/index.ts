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
export { localFields, type LocalFieldsOptions } from './local-fields.ts';
export {
  contrastiveDivergence,
  persistentContrastiveDivergence,
  type ChainOptions,
  type NegativePhase,
  type NegativeStatistics,
  type PositivePhase,
} from './negative-phase.ts';
export { pseudoLikelihood } from './pseudo-likelihood.ts';
export { createRbm, Rbm, type Layer, type RbmOptions } from './rbm.ts';
export { reconstructionError } from './reconstruction-error.ts';
export { decodeRbm, encodeRbm } from './save-rbm.ts';
export { RbmTrainer } from './trainer.ts';
export type { EpochReport, TrainingPosition } from './training-position.ts';
export type {
  NegativePhaseOptions,
  ResolvedTrainingOptions,
  TrainingOptions,
} from './training-options.ts';
export {
  DivergenceError,
  ModelFileError,
  NotFiniteError,
  scheduled,
  type Json,
  type LinearSchedule,
  type Schedule,
} from '@deepbelief/training';
