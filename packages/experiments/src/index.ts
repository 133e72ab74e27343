export { checkMemory } from './check-memory.ts';
export { type DataSource, loadDataSource, parseDataSource } from './data-source.ts';
export { evaluateClassifier } from './evaluate-classifier.ts';
export { evaluateStack } from './evaluate-stack.ts';
export {
  type ComputeOptions,
  type Job,
  JOB_FILES,
  type JobProgress,
  type JobResult,
} from './job.ts';
export type { JobKinds } from './job-kinds.ts';
export { lfwSource, loadFaces } from './lfw-data.ts';
export type { LfwJob, LfwResult, LfwSource, PairProtocol, PretrainingImages } from './lfw-job.ts';
export {
  FACE_UNITS,
  FACE_WINDOW,
  LFW_QUICK,
  LFW_TABLE,
  type LfwChoices,
  lfwJobs,
} from './lfw-presets.ts';
export { lfwReport } from './lfw-report.ts';
export { type LfwRow, lfwRows, paperFigure } from './lfw-rows.ts';
export type { LikelihoodJob } from './likelihood-job.ts';
export { type LoadedModel, loadModel, readModelFile } from './load-model.ts';
export {
  MNIST_DEMO,
  MNIST_FULL,
  MNIST_QUICK,
  MNIST_SMALL,
  mnistJobs,
  type MnistPreset,
} from './mnist-presets.ts';
export { mnistReport } from './mnist-report.ts';
export { norbOrders, orderText } from './norb-orders.ts';
export { NORB_FULL, NORB_NORMAL, NORB_QUICK, norbJobs, type NorbPreset } from './norb-presets.ts';
export { norbReport } from './norb-report.ts';
export { hasValidation, type NorbRow, norbRows, startOf } from './norb-rows.ts';
export { type NorbSource, prepareNorbSource } from './norb-source.ts';
export { fineTuningPlan, stackPlan, UNIT_NAMES } from './recipes.ts';
export { type Row, rowsOf } from './rows.ts';
export type { RunFolder } from './run-folder.ts';
export { runJob } from './run-job.ts';
export { folderName, runJobs } from './run-jobs.ts';
export { percentage } from './percentage.ts';
export { RunProgress } from './run-progress.ts';
export { sealedJson } from './sealed-json.ts';
export { jobWork } from './stage-work.ts';
export { tensorStatistics } from './tensor-statistics.ts';
export { toyNorbFolder } from './toy-norb-folder.ts';
export { toyPictures } from './toy-pictures.ts';
export { unchecked } from './unchecked.ts';
export { isMistake, UserError } from './user-error.ts';
export { type ExistingRun, holdFolder, withRun } from './with-run.ts';
