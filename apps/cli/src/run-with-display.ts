import { rm } from 'node:fs/promises';
import type { ComputeOptions } from './job.ts';
import type { JobKinds } from './job-kinds.ts';
import { progressDisplay } from './progress-display.ts';
import { RunFolder } from './run-folder.ts';
import { runJobs } from './run-jobs.ts';
import { UserError } from './user-error.ts';

/** What to do with a folder that holds a run already. */
export type ExistingRun = 'resume' | 'refuse' | 'replace';

/** File that marks a folder as one of ours: only such a folder is ever removed. */
const MARK = 'deepbelief-run.json';

/**
 * Makes a run's folder ready.
 *
 * @throws UserError when it holds a run and is to be refused, or files that are none of ours
 */
export async function openRun(path: string, existing: ExistingRun): Promise<RunFolder> {
  const folder = await new RunFolder(path).create();
  if (await folder.has(MARK)) {
    if (existing === 'refuse') {
      throw new UserError(`${path} holds a run already; add --resume to go on with it, or choose another --out`);
    }
    if (existing === 'replace') {
      await rm(path, { recursive: true });
      await folder.create();
    }
  }
  await folder.writeJson(MARK, { format: 1 });
  return folder;
}

/**
 * Runs jobs with a live display on standard error.
 *
 * @param work of each job, in any unit, for the time left; absent: all have the same
 */
export async function runWithDisplay<K extends keyof JobKinds>(
  kind: K,
  jobs: readonly JobKinds[K]['job'][],
  folder: RunFolder,
  compute: ComputeOptions,
  work?: readonly number[],
): Promise<JobKinds[K]['result'][]> {
  const display = progressDisplay(new Map(jobs.map(({ name }, i) => [name, work?.[i] ?? 1])));
  const stop = (): void => {
    display.done();
    process.stderr.write(
      `Stopped. The same command with --resume goes on from the last checkpoint in ${folder.path}.\n`,
    );
    process.exit(130);
  };
  process.once('SIGINT', stop);
  try {
    return await runJobs(kind, jobs, folder.path, compute, (progress) => display.update(progress));
  } finally {
    process.off('SIGINT', stop);
    display.done();
  }
}
