import { mkdtemp, readdir, readFile, rm, symlink, writeFile, lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SafetensorsError } from '../src/index.ts';
import { readSafetensors, writeSafetensors } from '../src/node.ts';
import { referenceBytes, referenceFile } from './reference-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('writes a file that reads back, and leaves nothing else', async () => {
  const path = join(folder, 'model.safetensors');
  await writeSafetensors(path, { tensors: {} });
  await writeSafetensors(path, referenceFile, { digest: false });
  expect(await readFile(path)).toEqual(Buffer.from(referenceBytes));
  expect(await readSafetensors(path)).toEqual(referenceFile);
  await writeSafetensors(path, referenceFile);
  expect(await readSafetensors(path)).toMatchObject(referenceFile);
  expect(await readdir(folder)).toEqual(['model.safetensors']);
});

test('of several simultaneous writes, one remains whole', async () => {
  const path = join(folder, 'model.safetensors');
  const contents = Array.from({ length: 8 }, (_, i) => new Float32Array(10_000).fill(i));
  await Promise.all(
    contents.map((data) =>
      writeSafetensors(path, { tensors: { w: { dtype: 'F32', shape: [10_000], data } } }),
    ),
  );
  const { w } = (await readSafetensors(path)).tensors;
  expect(contents).toContainEqual(w?.data);
  expect(await readdir(folder)).toEqual(['model.safetensors']);
});

test('follows a symbolic link', async () => {
  const link = join(folder, 'latest.safetensors');
  await writeFile(join(folder, 'first.safetensors'), '');
  await symlink('first.safetensors', link);
  await writeSafetensors(link, referenceFile);
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readSafetensors(join(folder, 'first.safetensors'))).toMatchObject(referenceFile);
});

test('removes what a killed process left behind, and nothing else', async () => {
  const others = [
    '.model.safetensors.backup.tmp',
    `.model.safetensors.${process.pid}-9-9.tmp`,
    '.x.99999999-0-0.tmp',
  ];
  for (const name of [...others, '.model.safetensors.99999999-0-3.tmp'])
    await writeFile(join(folder, name), '');
  await writeSafetensors(join(folder, 'model.safetensors'), referenceFile);
  expect((await readdir(folder)).toSorted()).toEqual([...others, 'model.safetensors'].toSorted());
});

test('a missing folder is an error that names the path', async () => {
  const path = join(folder, 'missing', 'model.safetensors');
  await expect(writeSafetensors(path, referenceFile)).rejects.toThrow(
    /^writeFileWhole: cannot write .*safetensors \(ENOENT[^\n]*\); the old content is untouched: check that/,
  );
});

test('a missing file is an error that names the path', async () => {
  await expect(readSafetensors(join(folder, 'none.safetensors'))).rejects.toThrow(
    /none\.safetensors: cannot be read \(ENOENT[^\n]*\), expected a regular file: check the path and its permissions$/,
  );
});

test('a damaged file is an error that names it', async () => {
  const path = join(folder, 'cut.safetensors');
  await writeFile(path, referenceBytes.subarray(0, 400));
  await expect(readSafetensors(path)).rejects.toThrow(SafetensorsError);
  await expect(readSafetensors(path)).rejects.toThrow(path);
});
