import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey, uniforms } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { runFiles, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { deepbeliefProcess, type Killer } from './support/deepbelief-process.ts';
import { afterMilliseconds, afterWrites, countWrites } from './support/killers.ts';
import type { Outcome } from './support/outcome.ts';

/** Two layers and two classifiers, with early moments and late ones to kill at. */
const TRAIN = [
  'train',
  '--layers',
  '40,30',
  '--epochs',
  '3',
  '--fine-tune',
  '3',
  '--dropout',
  '--compare',
  '--limit-train',
  '1500',
  '--limit-test',
  '200',
  '--validation',
  '100',
];

const LIKELIHOOD = [
  'reproduce',
  'likelihood',
  '--seeds',
  '1',
  '--epochs',
  '2',
  '--limit-train',
  '1000',
];

/** How a run is killed. */
interface Kills {
  /** Changes to files that it makes when it is not killed. */
  readonly writes: number;
  /** Average lives that all these changes would take. */
  readonly lives: number;
  /** Kills after which it is left alone. */
  readonly most: number;
  readonly key: number;
}

/**
 * Starts a run again and again, killing it each time at another moment, until it comes through;
 * every other time in one thread, which starts faster and comes to the same.
 */
async function killedUntilDone(
  args: readonly string[],
  { out, folders }: Place,
  { writes, lives, most, key }: Kills,
): Promise<{ kills: number; last: Outcome }> {
  const moments = uniforms(randomKey(key), most);
  for (let kills = 0; ; kills++) {
    const moment = moments[kills];
    const again = existsSync(join(out, 'deepbelief-run.json')) ? ['--resume'] : [];
    const killer =
      moment === undefined ? undefined : killerOf(kills, moment, folders, writes / lives);
    const environment = kills % 2 === 0 ? {} : { DEEPBELIEF_ONE_THREAD: '1' };
    const outcome = await deepbeliefProcess([...args, '--out', out, ...again], {
      killer,
      environment,
    });
    if (outcome.signal === undefined) return { kills, last: outcome };
  }
}

/**
 * The first dies while it starts; the others live for a part of the work, so that all stages come
 * to be killed.
 */
function killerOf(
  kills: number,
  moment: number,
  folders: readonly string[],
  average: number,
): Killer {
  return kills === 0
    ? afterMilliseconds(800 * moment)
    : afterWrites(folders, average * (0.5 + moment));
}

/** Where a run goes: its folder and those of its jobs. */
interface Place {
  readonly out: string;
  readonly folders: readonly string[];
}

/** A run's folders, made before it starts so that they can be watched. */
function place(out: string, jobs: readonly string[]): Place {
  const folders = jobs.map((job) => join(out, job));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  return { out, folders };
}

test.each([
  { what: 'train', args: TRAIN, jobs: ['nrelu-seed-1'], key: 1, least: 7, lives: 9, most: 18 },
  {
    what: 'reproduce likelihood',
    args: LIKELIHOOD,
    jobs: ['centered-seed-1', 'plain-seed-1'],
    key: 2,
    least: 3,
    lives: 4,
    most: 9,
  },
])(
  '$what, killed at many moments and resumed, leaves the bytes of a run that was not',
  async ({ args, jobs, least, ...options }) => {
    const folder = temporaryFolder();
    const often = [...args, '--checkpoint-every', '0'];
    const whole = place(join(folder, 'whole'), jobs);
    const written = countWrites(whole.folders);
    expect(await deepbelief([...often, '--out', whole.out])).toMatchObject({ code: 0 });
    const writes = written();

    const killed = place(join(folder, 'killed'), jobs);
    const { kills, last } = await killedUntilDone(often, killed, { writes, ...options });
    expect(last).toMatchObject({ code: 0 });
    expect(runFiles(killed.out)).toEqual(runFiles(whole.out));
    expect(kills).toBeGreaterThanOrEqual(least);
  },
  600_000,
);

test('the same seed gives the same bytes, another seed others', async () => {
  const folder = temporaryFolder();
  const args = [
    'train',
    '--layers',
    '20',
    '--epochs',
    '1',
    '--fine-tune',
    '1',
    '--limit-train',
    '500',
    '--limit-test',
    '100',
  ];
  for (const [name, seed] of [
    ['a', '5'],
    ['b', '5'],
    ['c', '6'],
  ] as const) {
    expect((await deepbelief([...args, '--seed', seed, '--out', join(folder, name)])).code).toBe(0);
  }
  const stack = (run: string, seed: number) =>
    runFiles(join(folder, run))[`nrelu-seed-${seed}/stack.safetensors`];
  expect(runFiles(join(folder, 'a'))).toEqual(runFiles(join(folder, 'b')));
  expect(stack('c', 6)).not.toEqual(stack('a', 5));
});
