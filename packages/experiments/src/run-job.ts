import { checkMemory } from './check-memory.ts';
import { JobFolder } from './job-folder.ts';
import type { AnyJob, JobKind } from './job-kind.ts';
import { JOB_KINDS, type JobKinds } from './job-kinds.ts';
import type { ComputeOptions, JobProgress } from './job.ts';
import { stageProgress } from './stage-progress.ts';
import { startJob } from './start-job.ts';

/**
 * Runs a job of any kind in a folder, or continues it: finished stages are loaded from the folder.
 * A job that was killed and restarted leaves the same bytes as an uninterrupted one.
 *
 * @param onNotice receives what the user should know although the job goes on, one line each
 * @throws UserError if the folder holds another job, the data are not those it was begun with, or
 *   the layers cannot fit into memory; StoppedEarly if it was asked to stop; whatever loading the
 *   data throws
 */
export async function runJob<K extends keyof JobKinds>(
  kindName: K,
  job: JobKinds[K]['job'],
  path: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void = () => {},
): Promise<JobKinds[K]['result']> {
  const kind = JOB_KINDS[kindName] as JobKind<AnyJob, JobKinds[K]['result']>;
  const folder = await new JobFolder(path, job, onNotice).create();
  const arithmetic = await startJob(folder, job, compute);
  const finished = await folder.finished(kind.result, kind.models(job));
  if (finished !== undefined) return finished;

  const { inputs, layers } = kind.sizes(job);
  checkMemory(inputs, layers);
  const loaded = await kind.load(job, onNotice);
  await folder.bindData(loaded.identity);
  checkMemory(loaded.inputs, layers);
  const tell = stageProgress(job.name, loaded.work, onProgress);
  const result = await loaded.train({
    folder,
    arithmetic,
    stage: (number, title) => ({
      folder,
      checkpointSeconds: compute.checkpointSeconds,
      stop: compute.stop,
      listener: (fraction, detail) => tell(number, fraction, title, detail),
    }),
  });
  await folder.finish(result);
  return result;
}
