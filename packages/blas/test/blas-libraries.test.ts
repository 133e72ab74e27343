import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { blasLibrary, findBlasLibraries, noBlasReason } from '../src/blas-libraries.ts';

const linux = { platform: 'linux', arch: 'x64', environment: {} };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'deepbelief-libraries-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('libraries are found in folder order, each file once, following links', () => {
  const [first, second] = [folder(), folder()];
  writeFileSync(join(first, 'libreal.so'), 'abc');
  symlinkSync(join(first, 'libreal.so'), join(first, 'libopenblas.so.0'));
  symlinkSync(join(first, 'libreal.so'), join(first, 'libopenblas.so'));
  writeFileSync(join(second, 'libopenblas.so.0'), 'other');
  writeFileSync(join(second, 'libblis.so.4'), 'abcd');
  expect(findBlasLibraries(linux, [first, second])).toMatchObject([
    { name: 'libopenblas.so.0', path: join(first, 'libreal.so'), bytes: 3 },
    { name: 'libblis.so.4', path: join(second, 'libblis.so.4'), bytes: 4 },
  ]);
  expect(findBlasLibraries(linux, [second])).toHaveLength(2);
  expect(findBlasLibraries(linux, [])).toEqual([]);
});

test('folders named in the environment come first, on any machine', () => {
  const [first, second] = [folder(), folder()];
  for (const path of [first, second]) writeFileSync(join(path, 'libopenblas.so.0'), path);
  writeFileSync(join(second, 'openblas.dll'), 'abc');
  const environment = { LD_LIBRARY_PATH: [second, '', first].join(':'), PATH: second };
  expect(findBlasLibraries({ platform: 'linux', arch: 'arm64', environment })[0]).toMatchObject({
    path: join(second, 'libopenblas.so.0'),
  });
  expect(findBlasLibraries({ platform: 'win32', arch: 'x64', environment })).toMatchObject([
    { path: join(second, 'openblas.dll') },
  ]);
});

test('macOS has one that is not a file', () => {
  expect(findBlasLibraries({ ...linux, platform: 'darwin' }, [])).toMatchObject([
    { name: 'Accelerate' },
  ]);
});

test('a missing file is not a library', () => {
  expect(blasLibrary(join(folder(), 'libopenblas.so'))).toBeUndefined();
});

test('if none is found, the reason says what to install', () => {
  mkdirSync(folder(), { recursive: true });
  expect(noBlasReason('linux')).toMatch(
    /^found none of libopenblas.so.0, .*; install OpenBLAS \(.*apt-get install/,
  );
  expect(noBlasReason('win32')).toMatch(/openblas.dll/);
  expect(noBlasReason('sunos')).toBe('no native BLAS is known for sunos');
});
