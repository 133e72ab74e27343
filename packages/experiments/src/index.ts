export {
  CONVOLUTIONAL_MNIST,
  type ConvolutionalChoices,
  convolutionalExperiment,
  convolutionalNorb,
  type ConvolutionalPairs,
} from './convolutional-experiment.ts';
export { type DataSource, parseDataSource } from './data-source.ts';
export type { ClassifierFigures } from './evaluate-classifier.ts';
export { evaluateModel, type EvaluateModelOptions, type ModelFigures } from './evaluate-model.ts';
export type { LayerFigures } from './evaluate-stack.ts';
export {
  runExperiment,
  type Experiment,
  type Outcome,
  type ReportInput,
  type RunListener,
  type RunOptions,
} from './experiment.ts';
export {
  JOB_FILES,
  type ClassifierPlan,
  type ComputeOptions,
  type Job,
  type JobProgress,
  type JobResult,
  type LayerPlan,
  type Pretrained,
} from './job.ts';
export { backendOptions } from './backend-options.ts';
export type { SharingLayer } from './check-memory.ts';
export type { AnyJob, JobKind, JobRun, LoadedJob } from './job-kind.ts';
export { checkJobs, type JobKinds } from './job-kinds.ts';
export { findLfw } from './lfw-data.ts';
export { lfwExperiment } from './lfw-experiment.ts';
export type { LfwJob, LfwResult, LfwSource, PairProtocol, PretrainingImages } from './lfw-job.ts';
export {
  FACE_UNITS,
  FACE_WINDOW,
  LFW_QUICK,
  LFW_TABLE,
  type LfwChoices,
  type LfwPreset,
} from './lfw-presets.ts';
export { paperFigure, type LfwRow } from './lfw-rows.ts';
export {
  likelihoodExperiment,
  type LikelihoodChoices,
  type LikelihoodRow,
} from './likelihood-experiment.ts';
export type { LikelihoodJob, LikelihoodResult } from './likelihood-job.ts';
export { loadModel, readModelFile, type LoadedModel } from './load-model.ts';
export { makeToyNorb, type ToyNorbOptions, type ToyNorbRun } from './make-toy-norb.ts';
export { mnistExperiment, publishedErrors, type PublishedError } from './mnist-experiment.ts';
export {
  MNIST_DEMO,
  MNIST_FULL,
  MNIST_QUICK,
  MNIST_SMALL,
  type MnistPreset,
} from './mnist-presets.ts';
export { modelFilters, type ModelFiltersOptions } from './model-filters.ts';
export { norbExperiment, type NorbChoices, type NorbSummary } from './norb-experiment.ts';
export { orderText, type NorbOrder } from './norb-orders.ts';
export { NORB_FULL, NORB_NORMAL, NORB_QUICK, type NorbPreset } from './norb-presets.ts';
export { startOf, type NorbRow } from './norb-rows.ts';
export type { NorbSource } from './norb-source.ts';
export { percentage } from './percentage.ts';
export { fineTuningPlan, stackPlan, type StackOptions } from './recipes.ts';
export { NEGATIVE_PHASES, STACK_UNITS, type StackChoice } from './stack-choices.ts';
export type { Row } from './rows.ts';
export { RunFolder } from './run-folder.ts';
export { runJob } from './run-job.ts';
export { folderName, runJobs } from './run-jobs.ts';
export { RunProgress } from './run-progress.ts';
export { askToStop, stopFlag, StoppedEarly, type StopFlag } from './stop-flag.ts';
export { summarizeFile, type FileSummary, type TensorSummary } from './summarize-file.ts';
export { trainExperiment, type TrainChoices } from './train-experiment.ts';
export { isMistake, UserError } from './user-error.ts';
export { withRun, type ExistingRun, type WithRunOptions } from './with-run.ts';
export type { DataIdentity, SetIdentity } from './data-identity.ts';
export type { JobFolder } from './job-folder.ts';
export type { ClassifierResult } from './job.ts';
export type { SiamesePlan, SiameseResult } from './lfw-job.ts';
export type { JobPlan } from './run-folder.ts';
export type { StageContext, StageListener } from './run-stage.ts';
export type { Unsealed } from './sealed-json.ts';
export type { TensorStatistics } from './tensor-statistics.ts';
