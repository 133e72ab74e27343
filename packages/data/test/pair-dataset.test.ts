import { foldKey, randomKey, randomWords, type RandomKey } from '@deepbelief/random';
import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  drawPairs,
  inMemoryDataset,
  pairDataset,
  type BatchOptions,
  type Pair,
  type PairDataset,
  type View,
} from '../src/index.ts';
import { checkTensors } from './setup.ts';

checkTensors();

const examples = inMemoryDataset({
  name: 'numbers',
  inputs: Float32Array.from({ length: 12 }, (_, i) => i),
  shape: [1, 2],
});
const pairs = Array.from({ length: 5 }, (_, i) => ({ first: i, second: 5 - i, same: i % 2 === 0 }));

/** All pairs as rows of plain numbers: both examples, and whether they are the same. */
async function read(data: PairDataset, options: BatchOptions): Promise<number[][][]> {
  const batches: number[][][] = [];
  for await (const batch of data.batches(options)) {
    const { first, second, same } = batch;
    const [a, b, y] = [await first.array(), await second.array(), await same.array()];
    expect(same.dtype).toBe('int32');
    batches.push(a.map((row, i) => [...row, ...b[i]!, y[i]!]));
    batch.dispose();
  }
  return batches;
}

const inOrder = pairs.map(({ first, second, same }) => [
  2 * first,
  2 * first + 1,
  2 * second,
  2 * second + 1,
  Number(same),
]);

test('pairs come in order, and the last minibatch holds the rest', async () => {
  const data = pairDataset({ name: 'pairs', examples, pairs });
  expect([data.size, data.shape]).toEqual([5, [1, 2]]);
  expect(await read(data, { size: 2 })).toEqual([
    inOrder.slice(0, 2),
    inOrder.slice(2, 4),
    inOrder.slice(4),
  ]);
});

test('a key shuffles pairs the same way each time, and a later start gives the same minibatches', async () => {
  const data = pairDataset({ name: 'pairs', examples, pairs, view });
  const key = randomKey(3);
  const all = await read(data, { size: 2, key });
  expect(await read(data, { size: 2, key })).toEqual(all);
  expect(await read(data, { size: 2, key, start: 1 })).toEqual(all.slice(1));
  expect(all.flat().map((row) => row[4])).toHaveLength(5);
  expect(all).not.toEqual(await read(data, { size: 2, key: randomKey(4) }));
});

/** Doubles or not, as the key says for the whole minibatch; without one trebles. */
const view: View = (values, key) => {
  const factor = key === undefined ? 3 : 1 + (randomWords(key, 1)[0]! & 1);
  const viewed = values.map((value) => factor * value);
  return tensor2d(viewed, [values.length / 2, 2]);
};

test('views are redrawn for each side, minibatch and key; without a key they get none', async () => {
  const data = pairDataset({ name: 'pairs', examples, pairs, view });
  expect((await read(data, { size: 5 }))[0]).toEqual(
    inOrder.map((row) => row.map((x, i) => (i < 4 ? 3 * x : x))),
  );
  const factors = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const key = foldKey(randomKey(1), seed);
    for (const batch of await read(data, { size: 2, key })) {
      const row = batch[0]!;
      const [first, second] = [row[1]! - row[0]!, row[3]! - row[2]!];
      factors.add(`${first} ${second}`);
    }
  }
  expect([...factors].toSorted()).toEqual(['1 1', '1 2', '2 1', '2 2']);
});

test('pairs can be redrawn for each pass with a key; without a key they are the given ones', async () => {
  const drawn: Pair[][] = [];
  const redraw = (key: RandomKey): Pair[] => {
    const made = drawPairs([[0, 1], [2, 3, 4], [5]], pairs.length, key);
    drawn.push(made);
    return made;
  };
  const data = pairDataset({ name: 'pairs', examples, pairs, redraw });
  expect((await read(data, { size: 5 }))[0]).toEqual(inOrder);
  expect(drawn).toHaveLength(0);
  const sorted = (rows: number[][]): string[] => rows.map((row) => row.join(' ')).toSorted();
  const key = randomKey(3);
  const all = await read(data, { size: 2, key });
  const expected = drawn[0]!.map(({ first: a, second: b, same }) => [
    2 * a,
    2 * a + 1,
    2 * b,
    2 * b + 1,
    Number(same),
  ]);
  expect(sorted(all.flat())).toEqual(sorted(expected));
  expect(await read(data, { size: 2, key, start: 1 })).toEqual(all.slice(1));
  expect(sorted((await read(data, { size: 2, key: randomKey(4) })).flat())).not.toEqual(
    sorted(expected),
  );
});

test('redrawn pairs must be equally many and refer to existing examples', async () => {
  const [pair] = pairs;
  const few = pairDataset({ name: 'faces', examples, pairs, redraw: () => [pair!] });
  await expect(read(few, { size: 2, key: randomKey(1) })).rejects.toThrow(
    'faces: 1 pairs were drawn, expected 5',
  );
  const bad = pairDataset({
    name: 'faces',
    examples,
    pairs: [pair!],
    redraw: () => [{ ...pair!, first: 6 }],
  });
  await expect(read(bad, { size: 2, key: randomKey(1) })).rejects.toThrow(
    'faces: pair 0 has examples 6 and 5',
  );
});

describe('pairs that do not fit are refused', () => {
  test.each([
    [[], 'faces: there are no pairs, expected at least one'],
    [
      [pairs[0]!, { first: 2, second: 6, same: true }],
      'faces: pair 1 has examples 2 and 6, expected whole numbers from 0 to 5',
    ],
    [[{ first: -1, second: 0.5, same: true }], 'faces: pair 0 has examples -1 and 0.5'],
  ])('%j', (bad, message) => {
    expect(() => pairDataset({ name: 'faces', examples, pairs: bad })).toThrow(message);
  });
});
