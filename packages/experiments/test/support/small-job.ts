import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '@deepbelief/safetensors';
import type { Job, JobResult } from '../../src/job.ts';
import { fineTuningPlan, stackPlan } from '../../src/recipes.ts';
import { runJob } from '../../src/run-job.ts';

/** A job of two small layers and a classifier on a folder of `writeIdxFolder`. */
export function smallJob(directory: string, seed = 1): Job {
  return {
    name: `binary, seed ${seed}`,
    data: { dataset: 'idx', directory, limits: {} },
    units: 'binary',
    seed,
    validation: 0,
    layers: stackPlan({ units: 'binary', sizes: [6, 5], epochs: [2], seed }),
    classifiers: [{ pretrained: 'all', epochs: 3, fineTuning: fineTuningPlan(3, seed, false) }],
  };
}

/** Thrown in place of a kill. */
class Interrupted extends Error {}

/**
 * Runs a job here, with a checkpoint after each minibatch.
 *
 * @param steps of progress after which it breaks off; default never
 * @returns the result, undefined when it broke off, and what the user was told
 */
export async function runHere(
  job: Job,
  path: string,
  steps = Infinity,
): Promise<{ result: JobResult | undefined; notices: string[] }> {
  const notices: string[] = [];
  let count = 0;
  const onProgress = (): void => {
    if (++count > steps) throw new Interrupted();
  };
  try {
    const compute = { backend: 'cpu', checkpointSeconds: 0 } as const;
    const result = await runJob('stack', job, path, compute, onProgress, (line) =>
      notices.push(line),
    );
    return { result, notices };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return { result: undefined, notices };
  }
}

/** Flips a bit of the last number of a file. */
export function flipBit(folder: string, name: string): void {
  const bytes = readFileSync(join(folder, name));
  bytes[bytes.length - 2]! ^= 1;
  writeFileSync(join(folder, name), bytes);
}

/** Makes a file as the versions wrote it that had no digests. */
export function withoutDigest(folder: string, name: string): void {
  const file = join(folder, name);
  if (!name.endsWith('.json')) {
    writeFileSync(
      file,
      encodeSafetensors(decodeSafetensors(readFileSync(file), name), { digest: false }),
    );
    return;
  }
  const {
    digest: _,
    run: _run,
    models: _models,
    reports,
    ...rest
  } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, `${JSON.stringify(reports ?? rest, undefined, 2)}\n`);
}
