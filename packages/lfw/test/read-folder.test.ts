import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { LfwError } from '../src/index.ts';
import { PassedOver } from '../src/passed-over.ts';
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

test('images come in the order of their names; hidden and other files are skipped', async () => {
  await write(
    'lfw/B/B_0001.jpg',
    'lfw/A/A_0002.jpg',
    'lfw/A/A_0001.jpg',
    'lfw/A/notes.txt',
    'lfw/A/._A_0001.jpg',
  );
  await write('lfw/README', 'lfw/.cache/x_0001.jpg');
  expect(await read()).toEqual([
    'A_0001 | lfw: A/A_0001.jpg | lfw/A/A_0001.jpg',
    'A_0002 | lfw: A/A_0002.jpg | lfw/A/A_0002.jpg',
    'B_0001 | lfw: B/B_0001.jpg | lfw/B/B_0001.jpg',
  ]);
});

test('its identity changes with the files, not with the folder’s place', async () => {
  await write('lfw/A/A_0001.jpg');
  const identity = await folderIdentity(folder('lfw'));
  expect(await folderIdentity(folder('lfw'))).toBe(identity);
  await truncate(folder('lfw/A/A_0001.jpg'), 3);
  expect(await folderIdentity(folder('lfw'))).not.toBe(identity);
});

test('a file that is misnamed or missing is an error that names it', async () => {
  await write('lfw/A/A_1.jpg');
  await expect(read()).rejects.toThrow(LfwError);
  await expect(read()).rejects.toThrow(
    'lfw: A/A_1.jpg: the image is "A/A_1.jpg", expected Name/Name_0001.jpg',
  );
  const none = readFolder(folder('none'));
  await expect(none.next()).rejects.toThrow(
    /none: cannot be read \(ENOENT.*expected a folder of images/,
  );
});

test('a file too large to be an image is refused before it is read', async () => {
  await write('lfw/A/A_0001.jpg');
  await truncate(folder('lfw/A/A_0001.jpg'), 2 ** 25);
  await expect(read()).rejects.toThrow(
    'lfw: A/A_0001.jpg: the file has 33554432 bytes, expected at most 16777216 for a picture',
  );
});

test('pictures of other types are read, with endings in upper or lower case', async () => {
  const endings = ['JPG', 'avif', 'jpeg', 'jpg', 'png', 'PNG', 'tif', 'tiff', 'webp'];
  await write(...endings.map((ending, i) => `lfw/A/A_000${i + 1}.${ending}`));
  expect((await read()).map((line) => line.split(' ')[0])).toEqual(
    endings.map((_, i) => `A_000${i + 1}`),
  );
});

test('skipped files are counted by kind', async () => {
  await write(
    'lfw/A/A_0001.jpg',
    'lfw/A/A_0002.bmp',
    'lfw/A/A_0003.BMP',
    'lfw/A/notes.txt',
    'lfw/A/.hidden',
  );
  await write(
    'lfw/A/more/A_0004.jpg',
    'lfw/A_0005.jpg',
    'lfw/.cache/x',
    'lfw/README',
    'lfw/A/x.ending too odd',
  );
  const passedOver = new PassedOver();
  const names: string[] = [];
  for await (const { name } of readFolder(folder('lfw'), undefined, passedOver)) names.push(name);
  expect(names).toEqual(['A_0001']);
  expect(passedOver.counts).toEqual({
    '.bmp': 2,
    '.jpg': 1,
    '.txt': 1,
    folder: 1,
    hidden: 2,
    other: 2,
  });
});

test('kinds beyond twenty are counted as one, so a hostile folder makes no long list', () => {
  const passedOver = new PassedOver();
  for (let i = 0; i < 1000; i++) passedOver.add(`file.a${i}`);
  expect(Object.keys(passedOver.counts)).toHaveLength(21);
  expect(passedOver.counts['other']).toBe(980);
});

test('a person whose folder is a link is read', async () => {
  await write('elsewhere/A_0001.jpg');
  await mkdir(folder('lfw'));
  await symlink(folder('elsewhere'), folder('lfw/A'));
  expect(await read()).toEqual(['A_0001 | lfw: A/A_0001.jpg | elsewhere/A_0001.jpg']);
});

test.skipIf(process.platform === 'win32')(
  'a picture that is a pipe or a device is refused, not waited for',
  async () => {
    await mkdir(folder('lfw/A'), { recursive: true });
    execFileSync('mkfifo', [folder('lfw/A/A_0001.jpg')]);
    await expect(read()).rejects.toThrow(LfwError);
    await expect(read()).rejects.toThrow(
      /^lfw: A\/A_0001\.jpg: it is a named pipe, expected a picture: [^\n]+$/,
    );
    await mkdir(folder('lfw/0'));
    // The device that is always empty.
    await symlink('/dev/null', folder('lfw/0/0_0001.jpg'));
    await expect(read()).rejects.toThrow(
      /^lfw: 0\/0_0001\.jpg: it is a device, expected a picture: [^\n]+$/,
    );
  },
);
