import { useBackend } from '@deepbelief/backend';
import { atStep, randomKey } from '@deepbelief/random';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { ExampleStore } from '../src/digits/example-store.ts';

beforeAll(async () => void (await useBackend({ backend: 'wasm' })));

/** Makes a store of ten examples in chunks of four; example i is one pixel of value i. */
function store(): ExampleStore {
  const labels = Uint8Array.from({ length: 10 }, (_, i) => i % 3);
  return new ExampleStore({
    name: 'numbers',
    width: 1,
    height: 1,
    size: 10,
    chunk: 4,
    labels,
    classes: 3,
  });
}

const ascending = (a: number, b: number): number => a - b;

const chunks = [
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9],
].map((values) => Uint8Array.from(values));

async function read(
  examples: ExampleStore,
  count: number,
  size: number,
  start = 0,
  shuffled = true,
) {
  const rows: number[] = [];
  const key = atStep(randomKey(3), 7);
  for await (const batch of examples
    .training(count)
    .batches({ size, start, ...(shuffled && { key }) })) {
    const labels = [...(await batch.labels!.data())];
    const values = Array.from(await batch.inputs.data(), (value) => Math.round(value * 255));
    expect(labels).toEqual(values.map((value) => value % 3));
    rows.push(...values);
    batch.dispose();
  }
  return rows;
}

test('an order goes through the chunks in turn, shuffled in themselves, and does not wait for those to come', async () => {
  const { numTensors } = memory();
  const early = store();
  for (const chunk of chunks) early.add(chunk);
  const order = await read(early, 10, 3);
  expect(order).not.toEqual(order.toSorted(ascending));
  expect(order.slice(0, 4).toSorted(ascending)).toEqual([0, 1, 2, 3]);
  expect(order.slice(4, 8).toSorted(ascending)).toEqual([4, 5, 6, 7]);
  expect(order.slice(8).toSorted(ascending)).toEqual([8, 9]);
  expect(await read(early, 10, 3, 2)).toEqual(order.slice(6));
  expect(await read(early, 6, 3, 0, false)).toEqual([0, 1, 2, 3, 4, 5]);

  const late = store();
  const reading = read(late, 10, 3);
  for (const chunk of chunks) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    late.add(chunk);
  }
  expect(await reading).toEqual(order);
  expect(memory().numTensors).toBe(numTensors);
});

test('who waits for examples that will not come is told so', async () => {
  const examples = store();
  examples.add(chunks[0]!);
  expect((await examples.first(4)).size).toBe(4);
  const waiting = examples.first(5);
  examples.fail(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(examples.first(5)).rejects.toThrow('gone');
});
