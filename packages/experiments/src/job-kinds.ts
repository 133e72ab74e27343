import type { ComputeOptions, Job, JobProgress, JobResult } from './job.ts';
import { runLikelihoodJob, type LikelihoodJob, type LikelihoodResult } from './likelihood-job.ts';
import type { LfwJob, LfwResult } from './lfw-job.ts';
import { runJob } from './run-job.ts';
import { runLfwJob } from './run-lfw-job.ts';

/** The plans and results of each kind of job. */
export interface JobKinds {
  readonly stack: { readonly job: Job; readonly result: JobResult };
  readonly likelihood: { readonly job: LikelihoodJob; readonly result: LikelihoodResult };
  readonly lfw: { readonly job: LfwJob; readonly result: LfwResult };
}

/**
 * Runs one job of a kind in a folder. `onNotice` is told what the user should know though the job
 * goes on.
 */
export type JobRunner<K extends keyof JobKinds> = (
  job: JobKinds[K]['job'],
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  onNotice?: (line: string) => void,
) => Promise<JobKinds[K]['result']>;

/** What runs each kind; a new experiment is a new line. */
export const JOB_RUNNERS: { readonly [K in keyof JobKinds]: JobRunner<K> } = {
  stack: runJob,
  likelihood: runLikelihoodJob,
  lfw: runLfwJob,
};
