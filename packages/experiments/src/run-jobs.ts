import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackendOptions } from '@deepbelief/backend';
import type { ComputeOptions, JobProgress } from './job.ts';
import type { JobKinds } from './job-kinds.ts';
import type { JobWorkerData } from './job-worker.ts';
import { RunFolder } from './run-folder.ts';
import { runJob } from './run-job.ts';
import { askToStop, isAskedToStop, StoppedEarly, stopFlag, type StopFlag } from './stop-flag.ts';
import { isMistake, UserError } from './user-error.ts';

/** What a thread sends. */
type JobMessage<Result> =
  | { readonly progress: JobProgress }
  | { readonly notice: string }
  | { readonly result: Result }
  | { readonly stopped: true }
  | {
      readonly failure: {
        readonly message: string;
        readonly stack?: string;
        readonly mistake: boolean;
      };
    };

/**
 * Runs jobs side by side, each in a folder of its own below `root`, one thread per core; each job's
 * products then use one core. Without `compute.ownThreads` they run in the caller's thread, with
 * the same results.
 *
 * @param onProgress called often, with the progress of any job
 * @param signal stops the jobs: each writes a checkpoint after its current minibatch
 * @param onNotice receives what the user should know although the jobs go on, one line each
 * @throws UserError for a user's mistake in a job, Error for a fault (the other jobs' threads are
 *   then ended, and their checkpoints stay); the signal's reason if it stopped them
 */
export async function runJobs<K extends keyof JobKinds>(
  kind: K,
  jobs: readonly JobKinds[K]['job'][],
  root: string,
  compute: ComputeOptions,
  onProgress: (progress: JobProgress) => void,
  signal?: AbortSignal,
  onNotice: (line: string) => void = () => {},
): Promise<JobKinds[K]['result'][]> {
  const results: JobKinds[K]['result'][] = [];
  const running = new Set<Worker>();
  const threads = Math.min(jobs.length, Math.max(1, availableParallelism()));
  const stop = flagOf(signal);
  const each: ComputeOptions = {
    ...compute,
    shareOfThreads: Math.floor(availableParallelism() / threads),
    recorded: await recordedBackend(new RunFolder(root), jobs),
    stop,
  };
  const { ownThreads = true } = compute;
  const waiting = jobs.entries();
  const drain = async (): Promise<void> => {
    for (const [i, job] of waiting) {
      signal?.throwIfAborted();
      const data = { kind, job, path: join(root, folderName(job)), compute: each };
      const tell = (line: string): void => onNotice(`${job.name}: ${line}`);
      results[i] = ownThreads
        ? await runInThread(data, onProgress, tell, running)
        : await runHere(data, onProgress, tell);
      onProgress({ job: job.name, stage: 'all', fraction: 1, detail: 'done' });
    }
  };
  const drained = Array.from({ length: ownThreads ? threads : 1 }, drain);
  try {
    await Promise.all(drained);
  } catch (error) {
    throw error instanceof StoppedEarly ? signal?.reason : error;
  } finally {
    // Threads that were asked to stop end by themselves, each after its checkpoint.
    if (isAskedToStop(stop)) await Promise.allSettled(drained);
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
  return results;
}

/**
 * Returns what computes the jobs of a run, as recorded by the first job that was begun; undefined
 * before any was.
 */
export async function recordedBackend(
  root: RunFolder,
  jobs: readonly { readonly name: string }[],
): Promise<BackendOptions | undefined> {
  for (const job of jobs) {
    const found = await jobFolder(root, job).computedBy();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns a flag for threads that is set when the signal aborts. */
function flagOf(signal: AbortSignal | undefined): StopFlag {
  const flag = stopFlag();
  if (signal?.aborted) askToStop(flag);
  signal?.addEventListener('abort', () => askToStop(flag), { once: true });
  return flag;
}

/**
 * Returns the name of a job's folder: the job's name without characters that file systems dislike.
 */
export function folderName(job: { readonly name: string }): string {
  return job.name.replaceAll(/[^A-Za-z0-9]+/g, '-');
}

/** Returns the path of a job's folder in that of its run. */
export function jobFolder(folder: RunFolder, job: { readonly name: string }): RunFolder {
  return new RunFolder(folder.file(folderName(job)));
}

async function runHere<K extends keyof JobKinds>(
  { kind, job, path, compute }: JobWorkerData<K>,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void,
): Promise<JobKinds[K]['result']> {
  try {
    return await runJob(kind, job, path, compute, onProgress, onNotice);
  } catch (error) {
    if (isMistake(error)) throw new UserError(`${job.name}: ${error.message}`);
    throw error;
  }
}

function runInThread<K extends keyof JobKinds>(
  data: JobWorkerData<K>,
  onProgress: (progress: JobProgress) => void,
  onNotice: (line: string) => void,
  running: Set<Worker>,
): Promise<JobKinds[K]['result']> {
  const { name } = data.job;
  // When this runs from source, the thread's file is source too.
  const worker = new Worker(new URL(`./job-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: data,
  });
  running.add(worker);
  return new Promise<JobKinds[K]['result']>((resolve, reject) => {
    worker.on('message', (message: JobMessage<JobKinds[K]['result']>) => {
      if ('progress' in message) onProgress(message.progress);
      else if ('notice' in message) onNotice(message.notice);
      else if ('result' in message) resolve(message.result);
      else if ('stopped' in message) reject(new StoppedEarly(`${name} stopped`));
      else if (message.failure.mistake)
        reject(new UserError(`${name}: ${message.failure.message}`));
      else
        reject(Object.assign(new Error(message.failure.message), { stack: message.failure.stack }));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      running.delete(worker);
      reject(new Error(`the thread of ${name} ended with code ${code} before it had a result`));
    });
  });
}
