import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openRegularFile,
  readRegularFile,
  readSafetensors,
  readSafetensorsHeader,
  RegularFileError,
  regularFilePieces,
} from '../src/node.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regular-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function pieces(path: string, limit?: number): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for await (const piece of regularFilePieces(path, limit === undefined ? {} : { limit }))
    found.push(piece);
  return found;
}

const content = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 251);

/** Every way of reading. */
const ways: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  openRegularFile: async (path) => (await openRegularFile(path)).close(),
  readRegularFile: (path) => readRegularFile(path),
  pieces: (path) => pieces(path),
  readSafetensors: (path) => readSafetensors(path),
  readSafetensorsHeader: (path) => readSafetensorsHeader(path),
};

async function failure(action: Promise<unknown>): Promise<RegularFileError> {
  const error: unknown = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RegularFileError);
  expect((error as Error).message).not.toContain('\n');
  return error as RegularFileError;
}

test.each([0, 1, 4095, 4096, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3_000_000])(
  'a file of %i bytes is read unchanged',
  async (n) => {
    const path = join(folder, 'file');
    const expected = content(n);
    await writeFile(path, expected);
    const whole = await readRegularFile(path);
    expect(Buffer.compare(whole, expected)).toBe(0);
    expect(whole.buffer.byteLength).toBe(n);
    const found = await pieces(path);
    expect(Buffer.compare(Buffer.concat(found), expected)).toBe(0);
    expect(Math.max(0, ...found.map(({ length }) => length))).toBeLessThanOrEqual(2 ** 20);
  },
);

test('a link to a file is read', async () => {
  await writeFile(join(folder, 'file'), 'text');
  await symlink(join(folder, 'file'), join(folder, 'link'));
  expect(Buffer.from(await readRegularFile(join(folder, 'link'))).toString()).toBe('text');
});

test('a file longer than its reported size is read to its end or the limit', async (context) => {
  // Files in /proc report a size of 0.
  context.skip(process.platform !== 'linux', 'needs /proc');
  const path = '/proc/version';
  const whole = await readRegularFile(path);
  expect(whole.length).toBeGreaterThan(0);
  expect(Buffer.concat(await pieces(path)).length).toBe(whole.length);
  const { found } = await failure(readRegularFile(path, { limit: 3 }));
  expect(found).toBe('it has more than 3 bytes');
  expect((await failure(pieces(path, 3))).found).toBe('it has more than 3 bytes');
});

test('a file above the limit is refused unread; one exactly at the limit is read', async () => {
  const path = join(folder, 'file');
  await writeFile(path, content(5));
  expect(await readRegularFile(path, { limit: 5 })).toHaveLength(5);
  expect(await pieces(path, 5)).toHaveLength(1);
  for (const error of [
    await failure(readRegularFile(path, { limit: 4 })),
    await failure(pieces(path, 4)),
  ]) {
    expect(error.message).toBe(
      `${path}: it has 5 bytes, expected at most 4: check that it is the right file, or raise the limit`,
    );
    expect(error.code).toBeUndefined();
  }
});

async function expectKind(
  read: (path: string) => Promise<unknown>,
  path: string,
  kind: string,
): Promise<void> {
  const { message } = await failure(read(path));
  expect(message).toBe(`${path}: it is ${kind}, expected a regular file: give the path of a file`);
}

test.each(Object.entries(ways))('%s: a folder is refused', async (_, read) => {
  await expectKind(read, folder, 'a folder');
});

test.skipIf(process.platform === 'win32').each(Object.entries(ways))(
  '%s: a pipe, a socket and a device are refused without waiting',
  async (_, read) => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await symlink(pipe, join(folder, 'to-pipe'));
    await expectKind(read, pipe, 'a named pipe');
    await expectKind(read, join(folder, 'to-pipe'), 'a named pipe');
    // The device that is always empty.
    await expectKind(read, '/dev/null', 'a device');
    const socket = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await expectKind(read, socket, 'a socket').finally(() => server.close());
  },
);

test.each(Object.entries(ways))(
  '%s: a missing file is an error with the reason',
  async (_, read) => {
    const error = await failure(read(join(folder, 'none')));
    expect(error.code).toBe('ENOENT');
    expect(error.message).toMatch(
      /none: cannot be read \(ENOENT[^\n]*\), expected a regular file: check the path and its permissions$/,
    );
  },
);
