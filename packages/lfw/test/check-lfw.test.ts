import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkLfw, lfwFiles } from '../src/index.ts';
import { temporaryFolder } from './files.ts';

const folder = temporaryFolder();

test('an empty folder lacks everything, and each line says where to get it', async () => {
  const { images, files } = await checkLfw(folder());
  expect(images).toBeUndefined();
  expect(files.map(({ file }) => file)).toEqual(lfwFiles);
  for (const { state, message, file } of files) {
    expect(state).toBe('missing');
    expect(message).toBe(
      `${folder(file.name)}: is missing (${file.holds}): get it from ${file.source}`,
    );
  }
});

test('files with another MD5 are reported, and the best images are chosen', async () => {
  for (const name of ['lfw.tgz', 'lfw-funneled.tgz', 'pairs.txt'])
    await writeFile(folder(name), 'x');
  const { images, files } = await checkLfw(folder());
  expect(images).toBe(folder('lfw-funneled.tgz'));
  const changed = files.filter(({ state }) => state === 'changed').map(({ message }) => message);
  // 9dd4e461268c8034f5c8564e155c67a6 is the MD5 of "x".
  expect(changed).toEqual([
    expect.stringMatching(
      /lfw-funneled\.tgz: its MD5 is 9dd4e461268c8034f5c8564e155c67a6, expected 1b42.*: repacked/,
    ),
    expect.stringMatching(
      /lfw\.tgz: its MD5 is 9dd4e461268c8034f5c8564e155c67a6, expected a17d.*: repacked/,
    ),
    expect.stringMatching(
      /pairs\.txt: its MD5 is 9dd4.*, expected 9f1b.*: it was changed: get it from https/,
    ),
  ]);
});

test('unpacked images and a folder lfw of files are found', async () => {
  await mkdir(folder('lfw', 'lfw_funneled'), { recursive: true });
  expect(await checkLfw(folder())).toMatchObject({
    folder: folder('lfw'),
    images: folder('lfw', 'lfw_funneled'),
  });
  await writeFile(folder('pairs.txt'), 'x');
  expect(await checkLfw(folder())).toMatchObject({ folder: folder(), images: folder('lfw') });
  await expect(checkLfw(folder('none'))).rejects.toThrow(
    /none: cannot be read \(ENOENT.*expected a folder/,
  );
});
