import { memory } from '@tensorflow/tfjs-core';
import { encodeSafetensors } from '@deepbelief/safetensors';
import { expect, test } from 'vitest';
import { fromArrays, parseNpy, readArrays, type ArrayInputs } from '../src/index.ts';
import { numpyFile } from './numpy-files.ts';

async function inputsOf(...given: Parameters<typeof fromArrays>): Promise<number[][]> {
  const dataset = fromArrays(...given);
  const inputs = await dataset.inputsAt(Uint32Array.from({ length: dataset.size }, (_, i) => i));
  const rows = await inputs.array();
  inputs.dispose();
  return rows;
}

test('rows, typed rows, all values and arrays of a file are the same examples', async () => {
  const before = memory().numTensors;
  const rows = [
    [0, 1, 2],
    [3, 4, 5],
  ];
  const forms: readonly [ArrayInputs, object?][] = [
    [rows],
    [rows.map((row) => Float64Array.from(row))],
    [rows.map((row) => BigInt64Array.from(row, BigInt))],
    [Float32Array.from(rows.flat()), { shape: [3] }],
    [Int16Array.from(rows.flat()), { shape: [3] }],
    [Uint8Array.from(rows.flat()), { shape: [3] }],
    [rows.flat(), { shape: [3] }],
    [{ dtype: 'int64', shape: [2, 3], data: BigInt64Array.from(rows.flat(), BigInt) }],
  ];
  for (const form of forms) expect(await inputsOf(...form)).toEqual(rows);
  expect(memory().numTensors).toBe(before);
});

test('the first dimension counts examples, and a list has examples of one value', async () => {
  const cube = parseNpy(numpyFile('cube F'), 'cube.npy');
  expect(fromArrays(cube).shape).toEqual([3, 4]);
  expect(fromArrays(cube, { shape: [2, 6] }).shape).toEqual([2, 6]);
  expect(await inputsOf(parseNpy(numpyFile('list'), 'list.npy'))).toEqual([[0], [1], [2]]);
});

test('scale is a factor for all values, of bytes and of floats', async () => {
  expect(await inputsOf([[0, 2]], { scale: 0.5 })).toEqual([[0, 1]]);
  expect(await inputsOf(Uint8Array.of(0, 2), { shape: [2], scale: 0.5 })).toEqual([[0, 1]]);
});

test('labels may be an array of a file with integers of 64 bits', () => {
  const labels = { dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(2n, 0n) } as const;
  const { labels: found, classes } = fromArrays([[0], [1]], { labels });
  expect([found, classes]).toEqual([Int32Array.of(2, 0), 3]);
});

test('the arrays of a safetensors file are read, floats of 16 bits as float32', async () => {
  const file = encodeSafetensors({
    tensors: {
      brain: { dtype: 'BF16', shape: [2], data: Uint16Array.of(0x3f80, 0xc000) },
      half: { dtype: 'F16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) },
      whole: { dtype: 'I64', shape: [1], data: BigInt64Array.of(-1n) },
    },
  });
  expect(await readArrays(file, 'a')).toEqual({
    brain: { dtype: 'float32', shape: [2], data: Float32Array.of(1, -2) },
    half: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, -2) },
    whole: { dtype: 'int64', shape: [1], data: BigInt64Array.of(-1n) },
  });
});

test.for([
  [[[1, 2], [3]], {}, 'arrays: row 1 has 1 values, expected 2 values, as row 0 has'],
  [[[1, 'a']], {}, 'arrays: value 1 of row 0 is "a", expected a number'],
  [[[1, NaN]], {}, 'arrays: value 1 of example 0 is NaN, expected a finite number'],
  [[[1e39]], {}, 'arrays: value 0 of example 0 is Infinity'],
  [[], { shape: [1] }, 'there are 0 values'],
  [Float32Array.of(1, 2), {}, 'the inputs are 2 numbers without a shape'],
  [7, {}, 'the inputs are 7, expected rows of numbers'],
  [[[1]], { labels: [1, 2] }, 'there are 2 labels for 1 examples'],
  [[[1]], { labels: [-1] }, 'labels[0] is -1, expected a whole number from 0'],
  [[[1]], { label: [1] }, 'unknown option label'],
  [
    { dtype: 'float32', shape: [2, 2], data: new Float32Array(3) },
    {},
    'the array has shape [2, 2] and 3 numbers',
  ],
] as const)('inputs that do not fit are one line: %#', ([inputs, options, message]) => {
  expect(() => fromArrays(inputs as never, options as never)).toThrow(message);
});
