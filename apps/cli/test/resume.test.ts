import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey, uniforms } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { deepbelief, filesIn, temporaryFolder, type Outcome } from './support/cli.ts';

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

/** Milliseconds a try lives at most, by how much the next may live longer, and the key of the draw. */
interface Kills {
  readonly longest: number;
  readonly growth: number;
  readonly key: number;
}

/** Starts a run again and again, killing it each time at another moment, until it comes through. */
async function killedUntilDone(
  args: readonly string[],
  out: string,
  { longest, growth, key }: Kills,
): Promise<{ kills: number; last: Outcome }> {
  const moments = uniforms(randomKey(key), 1000);
  let kills = 0;
  for (let i = 0; ; i++) {
    // A run that never lives long enough for a checkpoint would never end: each try may last a little longer.
    const killAfter = 400 + (longest + growth * i) * moments[i]!;
    const again = existsSync(join(out, 'deepbelief-run.json')) ? ['--resume'] : [];
    const outcome = await deepbelief([...args, '--checkpoint-every', '0', '--out', out, ...again], { killAfter });
    if (outcome.signal === null) return { kills, last: outcome };
    kills++;
  }
}

test.each([
  { what: 'train', args: TRAIN, longest: 900, growth: 60, key: 1, least: 15 },
  { what: 'reproduce likelihood', args: LIKELIHOOD, longest: 1000, growth: 500, key: 2, least: 3 },
])(
  '$what, killed at many moments and resumed, leaves the bytes of a run that was not',
  async ({ args, least, ...kills }) => {
    const folder = temporaryFolder();
    const whole = await deepbelief([...args, '--out', join(folder, 'whole')]);
    expect(whole.code).toBe(0);
    const { kills: survived, last } = await killedUntilDone(args, join(folder, 'killed'), kills);
    expect(last).toMatchObject({ code: 0 });
    expect(filesIn(join(folder, 'killed'))).toEqual(filesIn(join(folder, 'whole')));
    expect(survived).toBeGreaterThanOrEqual(least);
  },
  240_000,
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
