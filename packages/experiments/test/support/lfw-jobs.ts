import { join } from 'node:path';
import type { LfwJob, LfwResult } from '../../src/lfw-job.ts';
import { lfwJobs, type LfwChoices } from '../../src/lfw-presets.ts';
import { folderName } from '../../src/run-jobs.ts';
import { runJob } from '../../src/run-job.ts';

/**
 * Jobs of tiny nets on a collection of `writeLfwFolder`, as the command makes them of such options.
 */
export function smallLfwJobs(data: string, choices: Partial<LfwChoices> = {}): LfwJob[] {
  return lfwJobs({
    data: { images: data, pairs: data, cache: join(data, 'cache'), official: false },
    units: ['nrelu'],
    starts: [true, false],
    seed: 1,
    view: 1,
    folds: 1,
    images: 'pairs',
    pairs: 'restricted',
    size: 8,
    window: 144,
    fields: 4,
    mean: 'contrast',
    reflections: true,
    shift: 0,
    layers: [12],
    epochs: [2],
    fineTuneEpochs: 3,
    ...choices,
  });
}

/**
 * Runs jobs here, one after the other, on wasm: a process of the command and its threads would take
 * seconds to start.
 */
export async function runHere(jobs: readonly LfwJob[], root: string): Promise<LfwResult[]> {
  const results: LfwResult[] = [];
  for (const job of jobs) {
    results.push(
      await runJob('lfw', job, join(root, folderName(job)), { backend: 'wasm' }, () => {}),
    );
  }
  return results;
}
