import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { LfwError } from '../src/index.ts';
import { folderIdentity, readFolder } from '../src/read-folder.ts';
import { temporaryFolder } from './files.ts';

const folder = temporaryFolder();

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(folder(path)), { recursive: true });
    await writeFile(folder(path), path);
  }
}

async function read(): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, where, bytes } of readFolder(folder('lfw'))) {
    found.push(`${name} | ${where} | ${Buffer.from(bytes).toString()}`);
  }
  return found;
}

test('images come in the order of their names; hidden files and others are passed over', async () => {
  await write('lfw/B/B_0001.jpg', 'lfw/A/A_0002.jpg', 'lfw/A/A_0001.jpg', 'lfw/A/notes.txt', 'lfw/A/._A_0001.jpg');
  await write('lfw/README', 'lfw/.cache/x_0001.jpg');
  expect(await read()).toEqual([
    'A_0001 | lfw: A/A_0001.jpg | lfw/A/A_0001.jpg',
    'A_0002 | lfw: A/A_0002.jpg | lfw/A/A_0002.jpg',
    'B_0001 | lfw: B/B_0001.jpg | lfw/B/B_0001.jpg',
  ]);
});

test('its identity changes with the files, not with the place of the folder', async () => {
  await write('lfw/A/A_0001.jpg');
  const identity = await folderIdentity(folder('lfw'));
  expect(await folderIdentity(folder('lfw'))).toBe(identity);
  await truncate(folder('lfw/A/A_0001.jpg'), 3);
  expect(await folderIdentity(folder('lfw'))).not.toBe(identity);
});

test('a file that is misnamed or not there is an error that names it', async () => {
  await write('lfw/A/A_1.jpg');
  await expect(read()).rejects.toThrow(LfwError);
  await expect(read()).rejects.toThrow('lfw: A/A_1.jpg: the image is "A/A_1.jpg", expected Name/Name_0001.jpg');
  const none = readFolder(folder('none'));
  await expect(none.next()).rejects.toThrow(/none: cannot be read \(ENOENT.*expected a folder of images/);
});

test('a file too large to be an image is refused before it is read', async () => {
  await write('lfw/A/A_0001.jpg');
  await truncate(folder('lfw/A/A_0001.jpg'), 2 ** 25);
  await expect(read()).rejects.toThrow('lfw: A/A_0001.jpg: the file has 33554432 bytes, expected at most 16777216');
});
