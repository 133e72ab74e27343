import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, thisMachine } from '../src/machine.ts';

const home = (): string => join('/', 'users', 'ada');

test("the cache is in this system's cache folder", () => {
  expect(cacheFolder('linux', { XDG_CACHE_HOME: '/tmp/cache' }, home)).toBe(
    join('/tmp/cache', 'deepbelief'),
  );
  expect(cacheFolder('linux', { XDG_CACHE_HOME: '' }, home)).toBe(
    join(home(), '.cache', 'deepbelief'),
  );
  expect(cacheFolder('darwin', {}, home)).toBe(join(home(), 'Library', 'Caches', 'deepbelief'));
  expect(cacheFolder('win32', { LOCALAPPDATA: '/local' }, home)).toBe(join('/local', 'deepbelief'));
  expect(cacheFolder('win32', {}, home)).toBe(join(home(), '.cache', 'deepbelief'));
});

test('a user without a home has no cache', () => {
  const homeless = (): string => {
    throw new Error('no such user');
  };
  expect(cacheFolder('linux', {}, homeless)).toBeUndefined();
  expect(cacheFolder('linux', {}, () => '')).toBeUndefined();
});

test('this machine is described as Node sees it', () => {
  const { platform, arch, cores } = thisMachine();
  expect({ platform, arch }).toEqual({ platform: process.platform, arch: process.arch });
  expect(cores).toBeGreaterThanOrEqual(1);
});
