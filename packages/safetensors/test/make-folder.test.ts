import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder, systemFailure } from '../src/node.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** An error as the system reports it. */
const failure = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: what the system says`), {
    code,
    syscall: 'open',
    ...(path && { path }),
  });

test('a folder is made with those above it; an existing one stays', async () => {
  await makeFolder(join(folder, 'a', 'b'));
  await makeFolder(join(folder, 'a', 'b'));
  expect((await stat(join(folder, 'a', 'b'))).isDirectory()).toBe(true);
});

test('a file in the way is named, wherever it is in the path', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const path of [file, join(file, 'below'), join(file, 'below', 'it')]) {
    const problem = `the folder cannot be made: ${file}`;
    await expect(makeFolder(path)).rejects.toThrow(problem);
    await expect(makeFolder(path)).rejects.toThrow(
      /part of the path is a file, not a folder \(ENOTDIR\): check/,
    );
  }
});

test.each([
  ['EROFS', 'the disk is read-only (EROFS): choose a path on another disk'],
  ['EACCES', 'access is denied (EACCES): change its permissions, or choose another path'],
  [
    'ENOSPC',
    'there is no room on the disk (ENOSPC): free some space, or choose a path on another disk',
  ],
  ['EISDIR', 'it is a folder (EISDIR): give the path of a file'],
  ['EMFILE', 'too many files are open (EMFILE): raise the limit (ulimit -n), or use fewer threads'],
  ['EOTHER', 'EOTHER: what the system says (EOTHER): check the path'],
])('the message for %s gives the path, the meaning and what to do', (code, says) => {
  expect(systemFailure(failure(code, '/data/model'))).toBe(`/data/model: ${says}`);
  expect(systemFailure(failure(code), '/other')).toBe(`/other: ${says}`);
  expect(systemFailure(failure(code))).toBe(says);
});

test('errors that the system did not throw are not its failures', () => {
  expect(systemFailure(new Error('no'))).toBeUndefined();
  expect(systemFailure('no')).toBeUndefined();
});
