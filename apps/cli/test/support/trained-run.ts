import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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

/** The run that all files of this worker start from. */
let first: Promise<Pick<TrainedRun, 'data' | 'out' | 'outcome'>> | undefined;

/** Trains it in the folder of caches, which goes when all tests are through. */
async function trained(): Promise<Pick<TrainedRun, 'data' | 'out' | 'outcome'>> {
  const folder = mkdtempSync(join(process.env['XDG_CACHE_HOME'] ?? tmpdir(), 'run-'));
  const [data, out] = [writeIdxFolder(join(folder, 'data')), join(folder, 'run')];
  return { data, out, outcome: await deepbelief([...SETTINGS, '--data', data, '--out', out]) };
}

/**
 * Two binary layers and two classifiers, for the tests of a file: a copy of a run that is trained
 * once for all files. Its data are for reading only.
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
    const { data, out, outcome } = await (first ??= trained());
    run.folder = mkdtempSync(join(tmpdir(), 'deepbelief-cli-'));
    run.data = data;
    run.out = join(run.folder, 'run');
    cpSync(out, run.out, { recursive: true });
    run.job = join(run.out, 'binary-seed-1');
    const stdout = outcome.stdout.replaceAll(out, run.out);
    run.outcome = { ...outcome, stdout };
  });
  afterAll(() => rmSync(run.folder, { recursive: true, force: true }));
  return run;
}
