import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileWhole } from '../src/create-file-whole.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('pieces make one file, which has its name only once it is committed', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'old');
  const writer = await createFileWhole(path);
  await writer.write(Uint8Array.of(1, 2));
  await writer.write(Uint8Array.of(3));
  expect(writer.length).toBe(3);
  expect(await readFile(path, 'utf8')).toBe('old');
  await writer.commit();
  expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  expect(await readdir(folder)).toEqual(['file']);
});

test('an abandoned file leaves nothing and what was there before', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'old');
  const writer = await createFileWhole(path);
  await writer.write(Uint8Array.of(1));
  await writer.abandon();
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['file']);
  await expect(writer.write(Uint8Array.of(2))).rejects.toThrow(/is closed already/);
});

test('abandoning after the commit keeps the file', async () => {
  const path = join(folder, 'file');
  const writer = await createFileWhole(path);
  await writer.write(Uint8Array.of(7));
  await writer.commit();
  await writer.abandon();
  expect([...(await readFile(path))]).toEqual([7]);
});

test('a folder that is not there is an error of one line', async () => {
  await expect(createFileWhole(join(folder, 'none', 'file'))).rejects.toThrow(
    /^createFileWhole: cannot write .*none.*check that its folder exists and may be written to$/,
  );
});

test('a commit that cannot rename removes what was written', async () => {
  const path = join(folder, 'file');
  const writer = await createFileWhole(path);
  await writer.write(Uint8Array.of(7));
  // Something else takes the name meanwhile: a folder cannot be replaced by a file.
  await mkdir(path);
  await expect(writer.commit()).rejects.toThrow(/cannot write/);
  expect(await readdir(folder)).toEqual(['file']);
});
