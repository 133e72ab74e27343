export {
  annealedLogPartition,
  type AnnealedLogPartition,
  type AnnealedLogPartitionOptions,
} from './annealed-log-partition.ts';
export {
  averageLogLikelihood,
  type AverageLogLikelihoodOptions,
} from './average-log-likelihood.ts';
export { confusionMatrix } from './confusion-matrix.ts';
export { errorRate } from './error-rate.ts';
export { exactLogPartition, type ExactLogPartitionOptions } from './exact-log-partition.ts';
export { intensityEquivariance, type IntensityEquivariance } from './intensity-equivariance.ts';
export { pairedDifference, type PairedDifference } from './paired-difference.ts';
export { roc, type Roc } from './roc.ts';
export { summarize, type Summary } from './summarize.ts';
export { thresholdAccuracy } from './threshold-accuracy.ts';
