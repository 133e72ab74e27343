// Runs one job in a thread of its own, so that jobs use all cores and the display stays live.
import { parentPort, workerData } from 'node:worker_threads';
import type { JobKinds } from './job-kinds.ts';
import type { ComputeOptions } from './job.ts';
import { runJob } from './run-job.ts';
import { StoppedEarly } from './stop-flag.ts';
import { isMistake } from './user-error.ts';

/** The thread's input. */
export interface JobWorkerData<K extends keyof JobKinds> {
  readonly kind: K;
  readonly job: JobKinds[K]['job'];
  readonly path: string;
  readonly compute: ComputeOptions;
}

async function work<K extends keyof JobKinds>({
  kind,
  job,
  path,
  compute,
}: JobWorkerData<K>): Promise<void> {
  try {
    const result = await runJob(
      kind,
      job,
      path,
      compute,
      (progress) => parentPort?.postMessage({ progress }),
      (notice) => parentPort?.postMessage({ notice }),
    );
    parentPort?.postMessage({ result });
  } catch (error) {
    if (error instanceof StoppedEarly) return parentPort?.postMessage({ stopped: true });
    const { message, stack } = error as Error;
    parentPort?.postMessage({ failure: { message, stack, mistake: isMistake(error) } });
  }
}

await work(workerData as JobWorkerData<keyof JobKinds>);
