import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fineTuningPlan,
  isMistake,
  type Job,
  type JobResult,
  runJob,
  stackPlan,
  UserError,
} from '@deepbelief/experiments';

/** The files of a run folder, by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A job with two small layers and a classifier, on a folder from `writeIdxFolder`. */
export function jobOn(directory: string): Job {
  return {
    name: 'binary, seed 1',
    data: { dataset: 'idx', directory, limits: { train: 200, test: 20 } },
    units: 'binary',
    seed: 1,
    validation: 0,
    layers: stackPlan({ units: 'binary', sizes: [3, 2], epochs: [2], seed: 1 }),
    classifiers: [{ pretrained: 'all', epochs: 2, fineTuning: fineTuningPlan(2, 1, false) }],
  };
}

const COMPUTE = { backend: 'cpu', checkpointSeconds: 0 } as const;

/** The files in a folder, except those being written. */
export function readFiles(folder: string): Files {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Replaces a folder's content with these files. */
export function writeFiles(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

/** The folder at several moments of a run, the last one at its end, without files being written. */
export async function momentsOf(
  job: Job,
  folder: string,
): Promise<{ readonly moments: Files[]; readonly result: JobResult }> {
  const moments: Files[] = [];
  const result = await runJob('stack', job, folder, COMPUTE, () => moments.push(readFiles(folder)));
  return { moments: [...moments, readFiles(folder)], result };
}

/**
 * Runs or resumes a job as the command line does. Errors that it would show in one line become a
 * UserError.
 */
export async function goOn(job: Job, path: string, notices: string[]): Promise<JobResult> {
  try {
    return await runJob(
      'stack',
      job,
      path,
      COMPUTE,
      () => {},
      (line) => notices.push(line),
    );
  } catch (error) {
    // Errors that the command line shows in one line, such as the system's, are refusals.
    if (isMistake(error) && 'syscall' in error)
      throw new UserError(error.message, { cause: error });
    throw error;
  }
}
