import { randomKey } from '@deepbelief/random';
import { grad, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { binary, poolBlocks, pooledBinary } from '../src/index.ts';
import { chiSquaredTest } from './support/statistics.ts';
import { compute, computeRows, expectClose } from './support/tensors.ts';

// 4 rows, 6 columns and 2 maps in blocks of 2 × 2.
const options = { width: 6, maps: 2, block: 2 };
const units = pooledBinary(options);
const size = 4 * 6 * 2;
const inputs = Array.from({ length: size }, (_, i) => 3 * Math.sin(1.7 * i + 0.3));

/** The indices of each block's units, from the definition, in the pooling layer's order. */
const blocks = [0, 1].flatMap((down) =>
  [0, 1, 2].flatMap((across) =>
    [0, 1].map((map) =>
      [0, 1].flatMap((y) => [0, 1].map((x) => ((2 * down + y) * 6 + 2 * across + x) * 2 + map)),
    ),
  ),
);

/** log Σ over a block's states, none or one unit on, of exp(x·s). */
function blockTotal(x: readonly number[], block: readonly number[]): number {
  return block.reduce((sum, i) => sum + Math.exp(x[i]!), 1);
}

const probabilities = inputs.map((x, i) => {
  const block = blocks.find((one) => one.includes(i))!;
  return Math.exp(x) / blockTotal(inputs, block);
});

test('blocks are neighbors of one map and cover the layer', () => {
  expect(blocks.flat().toSorted((a, b) => a - b)).toEqual(inputs.map((_, i) => i));
});

test('means and variances are those of at most one unit a block', () => {
  const tolerance = { relative: 2e-6, absolute: 1e-7 };
  expectClose(
    compute(inputs, (x) => units.mean(x)),
    probabilities,
    tolerance,
  );
  expectClose(
    compute(inputs, (x) => units.activation(x)),
    probabilities,
    tolerance,
  );
  const variances = probabilities.map((p) => p * (1 - p));
  expectClose(
    compute(inputs, (x) => units.variance(x)),
    variances,
    tolerance,
  );
});

test('the log-normalizer sums over the states of all blocks', () => {
  const expected = blocks.reduce((sum, block) => sum + Math.log(blockTotal(inputs, block)), 0);
  const tolerance = { relative: 2e-6, absolute: 0 };
  expectClose(
    computeRows([inputs, inputs], (x) => units.logNormalizer(x)),
    [expected, expected],
    tolerance,
  );
  const low = inputs.map(() => -30);
  expectClose(
    compute(low, (x) => units.logNormalizer(x)),
    [size * Math.exp(-30)],
    tolerance,
  );
});

test('the mode has the largest input of a block on if it is above 0', () => {
  const expected = inputs.map((x, i) => {
    const block = blocks.find((one) => one.includes(i))!;
    return x > 0 && block.every((j) => inputs[j]! <= x) ? 1 : 0;
  });
  expect(compute(inputs, (x) => units.mode(x))).toEqual(expected);
  // Of equal inputs the first; none where all are 0 or less.
  expect(
    compute([2, 2, 2, 2], (x) => pooledBinary({ width: 2, maps: 1, block: 2 }).mode(x)),
  ).toEqual([1, 0, 0, 0]);
  expect(
    compute([0, 0, -1, 0], (x) => pooledBinary({ width: 2, maps: 1, block: 2 }).mode(x)),
  ).toEqual([0, 0, 0, 0]);
});

test('samples have at most one unit of a block on and follow its probabilities, χ² at a false-alarm rate of 1e-4', () => {
  const draws = 5000;
  const states = computeRows(
    Array.from({ length: draws }, () => inputs),
    (x) => units.sample(x, randomKey(12)),
  );
  for (const block of blocks) {
    const chosen = Array.from({ length: draws }, (_, row) => {
      const on = block.filter((i) => states[row * size + i] === 1);
      expect(on.length).toBeLessThanOrEqual(1);
      return on.length === 0 ? 4 : block.indexOf(on[0]!);
    });
    const total = blockTotal(inputs, block);
    const p = (k: number): number => (k === 4 ? 1 : Math.exp(inputs[block[k]!]!)) / total;
    expect(chiSquaredTest(chosen, 5, p)).toBeGreaterThan(1e-4 / blocks.length);
  }
});

test('the gradient of the activation goes through every unit of its block', () => {
  const weights = inputs.map((_, i) => Math.cos(i));
  const value = (x: readonly number[]): number =>
    blocks.reduce(
      (sum, block) =>
        sum +
        block.reduce((part, i) => part + weights[i]! * Math.exp(x[i]!), 0) / blockTotal(x, block),
      0,
    );
  const expected = inputs.map((_, i) => {
    const moved = (by: number): number => value(inputs.map((x, j) => (i === j ? x + by : x)));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
  const gradient = compute(inputs, (x) =>
    tidy(() => grad((input) => units.activation(input as Tensor2D))(x, tensor2d([weights]))),
  );
  expectClose(gradient, expected, { relative: 1e-5, absolute: 1e-6 });
});

test('the pooling unit is on when one of its block is', () => {
  const expected = blocks.map((block) => 1 - 1 / blockTotal(inputs, block));
  const tolerance = { relative: 2e-6, absolute: 1e-7 };
  const pooled = compute(inputs, (x) => tidy(() => poolBlocks(units.mean(x), options)));
  expectClose(pooled, expected, tolerance);
  const state = inputs.map((_, i) => (i === blocks[3]![2] || i === blocks[10]![0] ? 1 : 0));
  const on = blocks.map((_, i) => (i === 3 || i === 10 ? 1 : 0));
  expect(compute(state, (x) => poolBlocks(x, options))).toEqual(on);
});

test('blocks of one unit are binary units', () => {
  const single = pooledBinary({ width: 6, maps: 2, block: 1 });
  const tolerance = { relative: 2e-6, absolute: 1e-7 };
  for (const name of ['mean', 'variance', 'logNormalizer'] as const) {
    expectClose(
      compute(inputs, (x) => single[name](x)),
      compute(inputs, (x) => binary()[name](x)),
      tolerance,
    );
  }
  const sample = compute(inputs, (x) => single.sample(x, randomKey(4)));
  expect(sample).toEqual(compute(inputs, (x) => binary().sample(x, randomKey(4))));
});

test('the mean at the inputs found for means is these means', () => {
  const means = probabilities.map((p) => p * 0.9);
  const found = [...units.inputForMean(Float32Array.from(means))];
  expectClose(
    compute(found, (x) => units.mean(x)),
    means,
    { relative: 1e-5, absolute: 1e-6 },
  );
});

test('infinite inputs have the limits of large ones', () => {
  const four = pooledBinary({ width: 2, maps: 1, block: 2 });
  const row = [Infinity, 0, -Infinity, 3];
  expect(compute(row, (x) => four.mean(x))).toEqual([1, 0, 0, 0]);
  expect(compute(row, (x) => four.logNormalizer(x))).toEqual([Infinity]);
  expect(
    compute(
      row.map(() => -Infinity),
      (x) => four.logNormalizer(x),
    ),
  ).toEqual([0]);
});

test('layers and options that do not fit are refused', () => {
  expect(() => units.checkSize(size + 2)).toThrow(
    'pooled-binary.checkSize: size is 50, expected a multiple of block · width · maps = 24, such as 48',
  );
  expect(() => pooledBinary({ width: 5, maps: 1, block: 2 })).toThrow(
    'pooled-binary: width is 5, expected a multiple of block 2, such as 6',
  );
  expect(() => pooledBinary({ width: 4, maps: 0, block: 2 })).toThrow(
    'pooled-binary: option maps is 0, expected a whole number from 1 to',
  );
  expect(() => compute([1, 2, 3], (x) => poolBlocks(x, options))).toThrow('poolBlocks: size is 3');
});
