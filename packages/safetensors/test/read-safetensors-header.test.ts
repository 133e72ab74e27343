import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SafetensorsError } from '../src/index.ts';
import { readSafetensorsHeader } from '../src/node.ts';
import { referenceBytes, referenceFile } from './reference-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('every tensor lies where the header says; shapes, dtypes and metadata match the file', async () => {
  const path = join(folder, 'model.safetensors');
  await writeFile(path, referenceBytes);
  const { tensors, metadata } = await readSafetensorsHeader(path);
  const bytes = await readFile(path);
  expect(metadata).toEqual(referenceFile.metadata);
  expect(Object.keys(tensors).toSorted()).toEqual(Object.keys(referenceFile.tensors).toSorted());
  for (const [name, { dtype, shape, position, byteLength }] of Object.entries(tensors)) {
    const expected = referenceFile.tensors[name]!;
    expect({ dtype, shape }).toEqual({ dtype: expected.dtype, shape: expected.shape });
    const { buffer, byteOffset, byteLength: length } = expected.data;
    expect(bytes.subarray(position, position + byteLength)).toEqual(
      Buffer.from(buffer, byteOffset, length),
    );
  }
});

test('a truncated file and a non-safetensors file are errors that name it', async () => {
  const path = join(folder, 'cut.safetensors');
  for (const length of [0, 5, 8, 20, referenceBytes.length - 1]) {
    await writeFile(path, referenceBytes.subarray(0, length));
    await expect(readSafetensorsHeader(path)).rejects.toThrow(SafetensorsError);
    await expect(readSafetensorsHeader(path)).rejects.toThrow(path);
  }
});

test('a missing file is an error that names the path', async () => {
  await expect(readSafetensorsHeader(join(folder, 'none'))).rejects.toThrow(
    /none: cannot be read \(ENOENT[^\n]*\), expected a regular file: check the path and its permissions$/,
  );
});
