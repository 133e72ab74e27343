import '@tensorflow/tfjs-backend-cpu';
import { randomKey } from '@deepbelief/random';
import { add, memory, tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  dataMean,
  fitStandardization,
  inMemoryDataset,
  indexedDataset,
  mapInputs,
  materialize,
  minibatch,
  subset,
  type Dataset,
} from '../src/index.ts';

const inputs = Float32Array.of(1, NaN, 3, 4, 5, NaN, NaN, 8);
const table = inMemoryDataset({ name: 'table', inputs, shape: [2], missing: 'nan' });

async function expectNoLeak(run: () => Promise<void>): Promise<void> {
  const before = memory().numTensors;
  await run();
  expect(memory().numTensors, 'tensors left over').toBe(before);
}

async function read(
  dataset: Dataset,
  options = { size: 3 },
): Promise<{ inputs: number[]; observed: number[] | undefined }[]> {
  const found = [];
  for await (const batch of dataset.batches(options)) {
    found.push({
      inputs: [...batch.inputs.dataSync()],
      observed: batch.observed && [...batch.observed.dataSync()],
    });
    batch.dispose();
  }
  return found;
}

test('a minibatch says which of its values are known', async () => {
  await expectNoLeak(async () => {
    expect(await read(table)).toEqual([
      { inputs: [1, 0, 3, 4, 5, 0], observed: [1, 0, 1, 1, 1, 0] },
      { inputs: [0, 8], observed: [0, 1] },
    ]);
    const shuffled = await read(table, { size: 4, key: randomKey(1) } as never);
    expect(
      shuffled[0]!.inputs
        .filter((_, i) => shuffled[0]!.observed![i] === 1)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 3, 4, 5, 8]);
  });
});

test('subsets, elementwise functions and copies in memory keep the gaps', async () => {
  await expectNoLeak(async () => {
    expect(await read(subset(table, [3, 0]))).toEqual([
      { inputs: [0, 8, 1, 0], observed: [0, 1, 1, 0] },
    ]);
    const moved = mapInputs(table, 'moved', [2], (x) => add(x, 1));
    expect((await read(moved))[0]!.observed).toEqual([1, 0, 1, 1, 1, 0]);
    const { name, shape, size } = table;
    const stream: Dataset = { name, shape, size, batches: (options) => table.batches(options) };
    expect((await read(mapInputs(stream, 'moved', [2], (x) => add(x, 1))))[1]).toEqual({
      inputs: [1, 9],
      observed: [0, 1],
    });
    expect(await read(await materialize(moved))).toEqual([
      { inputs: [2, 0, 4, 5, 6, 0], observed: [1, 0, 1, 1, 1, 0] },
      { inputs: [0, 9], observed: [0, 1] },
    ]);
  });
});

test('means and deviations leave missing values out', async () => {
  expect([...(await dataMean(table))]).toEqual([3, 6]);
  const { offset, divisor } = await fitStandardization(table);
  expect(offset).toEqual([3, 6]);
  expect(divisor[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
  expect(divisor[1]).toBe(2);
});

test('NaN is no gap unless the dataset says so, and infinities never are', () => {
  expect(() => inMemoryDataset({ name: 'table', inputs, shape: [2] })).toThrow(
    'table: value 1 of example 0 is NaN, expected a finite number',
  );
  expect(() =>
    inMemoryDataset({
      name: 'table',
      inputs: Float32Array.of(NaN, Infinity),
      shape: [2],
      missing: 'nan',
    }),
  ).toThrow('table: value 1 of example 0 is Infinity, expected a finite number');
  expect(() =>
    inMemoryDataset({ name: 'table', inputs, shape: [2], missing: 'zero' as never }),
  ).toThrow('inMemoryDataset: option missing is "zero", expected one of nan');
});

test('a mask that does not fit is an error, and nothing is left over', async () => {
  await expectNoLeak(async () => {
    const stream: Dataset = {
      name: 'stream',
      shape: [2],
      size: 1,
      async *batches() {
        await Promise.resolve();
        yield minibatch(tensor2d([[1, 2]]), undefined, tensor2d([[1]]));
      },
    };
    await expect(dataMean(stream)).rejects.toThrow(
      'stream, observed: inputs have shape [1, 1], expected [1, 2]',
    );
  });
});

test('values with NaN for gaps are read once a minibatch', async () => {
  let readings = 0;
  const data = indexedDataset({
    name: 'rows',
    shape: [2],
    size: 5,
    missing: 'nan',
    valuesAt(indices) {
      readings++;
      return Float32Array.from([...indices].flatMap((index) => [index, index === 3 ? NaN : -1]));
    },
  });
  const rows: number[] = [];
  const known: number[] = [];
  for await (const batch of data.batches({ size: 2 })) {
    rows.push(...(await batch.inputs.data()));
    known.push(...(await batch.observed!.data()));
    batch.dispose();
  }
  expect(readings).toBe(3);
  expect(rows).toEqual([0, -1, 1, -1, 2, -1, 3, 0, 4, -1]);
  expect(known).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 1, 1]);
  expect(Array.from(await data.observedAt!(Uint32Array.of(3, 0)))).toEqual([1, 0, 1, 1]);
});

test('missing stands beside valuesAt alone', () => {
  const inputsAt = (): never => {
    throw new Error('nothing is read');
  };
  expect(() =>
    indexedDataset({ name: 'rows', shape: [2], size: 5, missing: 'nan', inputsAt }),
  ).toThrow('rows: missing is "nan" beside other functions, expected valuesAt alone');
});
