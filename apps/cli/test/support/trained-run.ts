import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { deepbelief } from './deepbelief.ts';
import type { Outcome } from './outcome.ts';
import { writeIdxFolder } from '../../../../packages/experiments/test/support/idx-folder.ts';

/** A small run that the tests of a file share. */
export interface TrainedRun {
  /** Holds all the others. */
  folder: string;
  /** The idx files. */
  data: string;
  /** `--out` of the run. */
  out: string;
  /** The job's files. */
  job: string;
  outcome: Outcome;
}

/** Sizes of the run's layers. */
export const LAYERS = [6, 5] as const;

/** What the run was given. */
export const SETTINGS: readonly string[] =
  `train --units binary --layers ${LAYERS.join()} --epochs 1 --fine-tune 40 --compare --backend cpu --json`.split(
    ' ',
  );

/**
 * Trains two binary layers and two classifiers before the tests of a file, and removes all after
 * them.
 */
export function useTrainedRun(): TrainedRun {
  const run: TrainedRun = {
    folder: '',
    data: '',
    out: '',
    job: '',
    outcome: { code: undefined, signal: undefined, stdout: '', stderr: '' },
  };
  beforeAll(async () => {
    run.folder = mkdtempSync(join(tmpdir(), 'deepbelief-cli-'));
    run.data = writeIdxFolder(join(run.folder, 'data'));
    run.out = join(run.folder, 'run');
    run.job = join(run.out, 'binary-seed-1');
    run.outcome = await deepbelief([...SETTINGS, '--data', run.data, '--out', run.out]);
  });
  afterAll(() => rmSync(run.folder, { recursive: true, force: true }));
  return run;
}
