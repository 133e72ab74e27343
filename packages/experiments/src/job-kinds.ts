import { checkMemory } from './check-memory.ts';
import type { AnyJob, JobKind } from './job-kind.ts';
import type { Job, JobResult } from './job.ts';
import type { LfwJob, LfwResult } from './lfw-job.ts';
import { lfwKind } from './lfw-kind.ts';
import type { LikelihoodJob, LikelihoodResult } from './likelihood-job.ts';
import { likelihoodKind } from './likelihood-kind.ts';
import { stackKind } from './stack-kind.ts';

/** The plans and results of each kind of job. */
export interface JobKinds {
  readonly stack: { readonly job: Job; readonly result: JobResult };
  readonly likelihood: { readonly job: LikelihoodJob; readonly result: LikelihoodResult };
  readonly lfw: { readonly job: LfwJob; readonly result: LfwResult };
}

/** The kinds by name. Add a line for a new kind. */
export const JOB_KINDS: {
  readonly [K in keyof JobKinds]: JobKind<JobKinds[K]['job'], JobKinds[K]['result']>;
} = {
  stack: stackKind,
  likelihood: likelihoodKind,
  lfw: lfwKind,
};

/**
 * Refuses jobs whose plans alone show that they cannot fit into memory, before anything is loaded
 * or a folder is made.
 *
 * @throws UserError that gives the bytes needed, the bytes available and what would fit
 */
export function checkJobs<K extends keyof JobKinds>(
  kindName: K,
  jobs: readonly JobKinds[K]['job'][],
): void {
  const kind = JOB_KINDS[kindName] as JobKind<AnyJob, object>;
  for (const job of jobs) {
    const { inputs, layers } = kind.sizes(job);
    checkMemory(inputs, layers);
  }
}
