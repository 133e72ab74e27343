import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldKey, randomKey, uniforms, type RandomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { deepbelief, filesIn, temporaryFolder, type Kill, type Outcome } from './support/cli.ts';

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

const LIKELIHOOD = ['reproduce', 'likelihood', '--seeds', '1', '--epochs', '2', '--limit-train', '1000'];

/** How a run is killed. */
interface Kills {
  /** Milliseconds that the run takes when it is not killed. */
  readonly worked: number;
  /** Lives that the work would take if none were lost by a kill: an average life is worked / lives. */
  readonly lives: number;
  /** Kills after which it is left alone, for what comes after the last checkpoint is done in one life. */
  readonly most: number;
  readonly key: RandomKey;
}

/** Starts a run again and again, killing it each time at another moment, until it comes through. */
async function killedUntilDone(
  args: readonly string[],
  out: string,
  { worked, lives, most, key }: Kills,
): Promise<{ kills: number; last: Outcome }> {
  const moments = uniforms(key, most);
  for (let kills = 0; ; kills++) {
    const moment = moments[kills];
    const again = existsSync(join(out, 'deepbelief-run.json')) ? ['--resume'] : [];
    const life = moment === undefined ? {} : { kill: lifeOf(kills, moment, worked / lives) };
    const outcome = await deepbelief([...args, '--out', out, ...again], life);
    if (outcome.signal === null) return { kills, last: outcome };
  }
}

/** The first dies while it starts; the others live for a part of the work, so that all stages come to be killed. */
function lifeOf(kills: number, moment: number, average: number): Kill {
  return kills === 0 ? { from: 'start', after: 800 * moment } : { from: 'progress', after: 2 * average * moment };
}

test.each([
  { what: 'train', args: TRAIN, key: 1, least: 15, lives: 18, most: 25 },
  { what: 'reproduce likelihood', args: LIKELIHOOD, key: 2, least: 4, lives: 20, most: 6 },
])(
  '$what, killed at many moments and resumed, leaves the bytes of a run that was not',
  async ({ args, least, ...options }) => {
    const folder = temporaryFolder();
    const often = [...args, '--checkpoint-every', '0'];
    const { code, worked } = await deepbelief([...often, '--out', join(folder, 'whole')]);
    expect(code).toBe(0);
    // How often a run is killed before it comes through depends on the machine: runs until there were enough kills.
    let kills = 0;
    for (let round = 0; kills < least; round++) {
      const out = join(folder, `killed ${round}`);
      const key = foldKey(randomKey(options.key), round);
      const run = await killedUntilDone(often, out, { worked, ...options, key });
      expect(run.last).toMatchObject({ code: 0 });
      expect(filesIn(out)).toEqual(filesIn(join(folder, 'whole')));
      kills += run.kills;
    }
  },
  300_000,
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
  const stack = (run: string, seed: number) => filesIn(join(folder, run))[`nrelu-seed-${seed}/stack.safetensors`];
  expect(filesIn(join(folder, 'a'))).toEqual(filesIn(join(folder, 'b')));
  expect(stack('c', 6)).not.toEqual(stack('a', 5));
});
