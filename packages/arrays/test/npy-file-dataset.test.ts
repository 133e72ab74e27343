import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomKey } from '@deepbelief/random';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, test } from 'vitest';
import { encodeNpy, fromArrays, parseNpy } from '../src/index.ts';
import { npyFileDataset, readArrayFile } from '../src/node.ts';
import { numpyFile } from './numpy-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepbelief-npy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function saved(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('minibatches from the file are those of the array in memory, shuffled or not', async () => {
  const data = Float64Array.from({ length: 60 }, (_, i) => i / 7);
  const bytes = encodeNpy({ dtype: 'float64', shape: [10, 2, 3], data });
  const path = saved('x.npy', bytes);
  const labels = Array.from({ length: 10 }, (_, i) => i % 3);
  const options = { labels, scale: 2, name: 'x' };
  const before = memory().numTensors;
  const fromFile = await npyFileDataset(path, options);
  const inMemory = fromArrays(parseNpy(bytes, path), options);
  expect([fromFile.shape, fromFile.size, fromFile.classes]).toEqual([[2, 3], 10, 3]);
  for (const key of [undefined, randomKey(3)]) {
    const batches = { size: 4, ...(key && { key }) };
    const found: unknown[][] = [[], []];
    for (const [i, dataset] of [fromFile, inMemory].entries()) {
      for await (const batch of dataset.batches(batches)) {
        found[i]!.push(await batch.inputs.array(), await batch.labels!.array());
        batch.dispose();
      }
    }
    expect(found[0]).toEqual(found[1]);
  }
  expect(memory().numTensors).toBe(before);
  expect(await readArrayFile(path)).toEqual({
    array: { dtype: 'float64', shape: [10, 2, 3], data },
  });
});

test('any type and byte order is read by rows', async () => {
  for (const name of ['>i8 C', '<f2 C', '>u2 C', '<b1 C']) {
    const path = saved('t.npy', numpyFile(name));
    const dataset = await npyFileDataset(path);
    const inputs = await dataset.inputsAt(Uint32Array.of(1, 0));
    const { data } = parseNpy(numpyFile(name), name);
    const [a, b, c, d, e, f] = Float32Array.from(data as never, Number);
    expect(await inputs.array()).toEqual([
      [d, e, f],
      [a, b, c],
    ]);
    inputs.dispose();
  }
});

test('a file that does not fit is one line', async () => {
  await expect(npyFileDataset(saved('f.npy', numpyFile('cube F')))).rejects.toThrow(
    'the array is in Fortran order, expected C order',
  );
  await expect(npyFileDataset(saved('e.npy', numpyFile('empty')))).rejects.toThrow(
    'the array has shape (0, 3), expected one example or more',
  );
  const cut = saved('c.npy', numpyFile('cube C').subarray(0, 200));
  await expect(npyFileDataset(cut)).rejects.toThrow('the file has 200 bytes, expected 224');
  await expect(npyFileDataset(join(folder, 'none.npy'))).rejects.toThrow('none.npy');
  const data = Float32Array.of(1, NaN);
  const bad = await npyFileDataset(
    saved('n.npy', encodeNpy({ dtype: 'float32', shape: [2, 1], data })),
  );
  await expect(bad.inputsAt(Uint32Array.of(0, 1))).rejects.toThrow(
    'value 0 of example 1 is NaN, expected a finite number',
  );
});

test('a file that changes after it was opened is an error', async () => {
  const path = saved('g.npy', numpyFile('list'));
  const dataset = await npyFileDataset(path);
  saved('g.npy', numpyFile('cube C'));
  await expect(dataset.inputsAt(Uint32Array.of(0))).rejects.toThrow('the file has changed');
});
