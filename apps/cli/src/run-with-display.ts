import {
  type ComputeOptions,
  type JobKinds,
  type RunFolder,
  runJobs,
} from '@deepbelief/experiments';
import { progressDisplay } from './progress-display.ts';

/**
 * Runs jobs with a live display on standard error.
 *
 * @param signal stops them, each with a checkpoint
 * @param work of each job, in any unit, for the time left; absent: all have the same
 */
export async function runWithDisplay<K extends keyof JobKinds>(
  kind: K,
  jobs: readonly JobKinds[K]['job'][],
  folder: RunFolder,
  compute: ComputeOptions,
  signal: AbortSignal,
  work?: readonly number[],
): Promise<JobKinds[K]['result'][]> {
  const display = progressDisplay(new Map(jobs.map(({ name }, i) => [name, work?.[i] ?? 1])));
  try {
    return await runJobs(
      kind,
      jobs,
      folder.path,
      compute,
      (progress) => display.update(progress),
      signal,
      (line) => display.say(line),
    );
  } finally {
    display.done();
  }
}
