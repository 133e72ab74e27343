import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileWhole } from '../src/node.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is written in pieces, and earlier bytes may be overwritten', async () => {
  const path = join(folder, 'file');
  await writeFileWhole(path, async (file) => {
    await file.write(Buffer.from('0000 and '));
    await file.write(Buffer.from('so on'));
    await file.write(Buffer.from('1234'), 0);
    await file.write(Buffer.from('.'));
  });
  expect(await readFile(path, 'utf8')).toBe('1234 and so on.');
  expect(await readdir(folder)).toEqual(['file']);
});

test('the old content is kept under another name if one is given', async () => {
  const [path, keep] = [join(folder, 'file'), join(folder, 'before')];
  await writeFileWhole(path, Buffer.from('1'), { keep });
  expect(await readdir(folder)).toEqual(['file']);
  await writeFileWhole(path, Buffer.from('2'), { keep });
  await writeFileWhole(path, Buffer.from('3'), { keep });
  expect([await readFile(path, 'utf8'), await readFile(keep, 'utf8')]).toEqual(['3', '2']);
  const failing = writeFileWhole(path, () => Promise.reject(new RangeError('no more')), { keep });
  await expect(failing).rejects.toThrow('no more');
  expect([await readFile(path, 'utf8'), await readFile(keep, 'utf8')]).toEqual(['3', '2']);
});

test('the old content stays until the function is done; its errors pass through', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'old');
  const failing = writeFileWhole(path, async (file) => {
    await file.write(Buffer.from('new'));
    expect(await readFile(path, 'utf8')).toBe('old');
    throw new RangeError('no more');
  });
  await expect(failing).rejects.toThrow(new RangeError('no more'));
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['file']);
});
