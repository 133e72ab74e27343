import { expect, test } from 'vitest';
import { checkMemory, memoryHere } from '../src/check-memory.ts';
import { checkJobs } from '../src/job-kinds.ts';
import type { LayerPlan } from '../src/job.ts';
import { likelihoodJobs } from '../src/likelihood-experiment.ts';
import { runJob } from '../src/run-job.ts';
import { UserError } from '../src/user-error.ts';
import { temporaryFolder } from './support/folders.ts';
import { smallLfwJobs } from './support/lfw-jobs.ts';
import { smallJob } from './support/small-job.ts';

test('a layer that cannot fit is refused with what it needs, what there is, and what would fit', () => {
  // 3 copies of 784 · 10⁹ weights and 784 + 10⁹ biases, 4 bytes each.
  expect(() => checkMemory(784, [1_000_000_000], 8e9)).toThrow(
    /^--layers: layer 1, 1000000000 units on 784, needs at least 9\.42 TB .* has 8\.00 GB: at most (\d+) units of this layer fit$/,
  );
});

test('what is said to fit does, and one unit more does not, also above other layers', () => {
  for (const below of [[], [50], [50, 70]]) {
    const available = 1e6;
    let room = 0;
    try {
      checkMemory(100, [...below, 1e9], available);
    } catch (error) {
      room = Number(/at most (\d+) units/.exec((error as Error).message)?.[1]);
    }
    expect(room).toBeGreaterThan(1);
    expect(() => checkMemory(100, [...below, room], available)).not.toThrow();
    expect(() => checkMemory(100, [...below, room + 1], available)).toThrow(
      /units of this layer fit/,
    );
  }
});

test('a convolution needs memory for its filters alone', () => {
  // 24 filters of 11 × 11 × 2 on pictures of 96 × 96 × 2: 177,504 units; three copies of all.
  const layer = { size: 86 * 86 * 24, weights: 11 * 11 * 2 * 24 };
  const needed = 4 * 3 * (layer.weights + layer.size + 96 * 96 * 2);
  expect(() => checkMemory(96 * 96 * 2, [layer], needed)).not.toThrow();
  expect(() => checkMemory(96 * 96 * 2, [layer], needed - 1)).toThrow(
    /has 2\.\d+ MB: make pictures or filters smaller$/,
  );
});

test('where the layers below fill the memory, they are to be smaller', () => {
  expect(() => checkMemory(10, [1000, 1e6], 170_000)).toThrow(
    /layer 2.*units of this layer fit|make the layers below/,
  );
  expect(memoryHere()).toBeGreaterThan(0);
});

test.each([
  [
    'stack',
    { ...smallJob('nowhere'), layers: [{ ...smallJob('nowhere').layers[0]!, size: 1e12 }] },
  ],
  ['lfw', smallLfwJobs('nowhere', { layers: [1e12] })[0]!],
  ['likelihood', { ...likelihoodJobs({ seeds: 1, seed: 1, epochs: 1 })[0]!, ...hugeLayer() }],
] as const)(
  'a job of kind %s that cannot fit is refused before its data are looked for',
  async (kind, job) => {
    const path = temporaryFolder();
    await expect(runJob(kind, job as never, path, { backend: 'cpu' }, () => {})).rejects.toThrow(
      /^--layers: layer 1, 1000000000000 units on \d+, needs at least .*TB/,
    );
    expect(() => checkJobs(kind, [job as never])).toThrow(UserError);
  },
);

/** A layer that fits nowhere. */
function hugeLayer(): { layer: LayerPlan } {
  return { layer: { ...likelihoodJobs({ seeds: 1, seed: 1, epochs: 1 })[0]!.layer, size: 1e12 } };
}
