import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, test } from 'vitest';
import { keepTrials, readTrials, type BlasTrial } from '../src/blas-cache.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deepbelief-cache-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const trial = (gflops: number): BlasTrial => ({
  library: 'libfast.so',
  path: '/lib/libfast.so',
  kernels: 'default',
  outcome: { ok: true, description: 'Fast 1.0', kernels: 'Fast', threads: 2, gflops },
});
const failed: BlasTrial = { ...trial(1), outcome: { ok: false, reason: 'crashes' } };
const file = (): string => join(folder, readdirSync(folder)[0]!);

test('trials are found only by their key', () => {
  expect(readTrials({ threads: 2 }, folder)).toBeUndefined();
  expect(keepTrials({ threads: 2 }, [trial(10), failed], { folder })).toEqual([trial(10), failed]);
  expect(readTrials({ threads: 2 }, folder)).toEqual([trial(10), failed]);
  expect(readTrials({ threads: 1 }, folder)).toBeUndefined();
  expect(readdirSync(folder)).toHaveLength(1);
});

test('the first to keep trials wins, so that all use the same; a fresh search replaces them', () => {
  keepTrials({ threads: 2 }, [trial(10)], { folder });
  expect(keepTrials({ threads: 2 }, [trial(20)], { folder })).toEqual([trial(10)]);
  expect(readTrials({ threads: 2 }, folder)).toEqual([trial(10)]);
  expect(keepTrials({ threads: 2 }, [trial(30)], { folder, replace: true })).toEqual([trial(30)]);
  expect(readTrials({ threads: 2 }, folder)).toEqual([trial(30)]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test.each([
  ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['another key', (text: string) => text.replace('"threads":2}', '"threads":3}')],
  ['another version', (text: string) => text.replace('"version":1', '"version":0')],
  ['a speed that is not a number', (text: string) => text.replace('"gflops":10', '"gflops":"10"')],
  ['no list', (text: string) => text.replace(/"trials":\[.*\]/, '"trials":{}')],
])('a file with %s is not believed, and is replaced', (_what, spoil) => {
  keepTrials({ threads: 2 }, [trial(10)], { folder });
  const text = readFileSync(file(), 'utf8');
  expect(spoil(text)).not.toBe(text);
  writeFileSync(file(), spoil(text));
  expect(readTrials({ threads: 2 }, folder)).toBeUndefined();
  expect(keepTrials({ threads: 2 }, [trial(20)], { folder })).toEqual([trial(20)]);
  expect(readTrials({ threads: 2 }, folder)).toEqual([trial(20)]);
});

test('a folder that cannot be made is not an error', () => {
  writeFileSync(join(folder, 'file'), '');
  const impossible = join(folder, 'file', 'cache');
  expect(keepTrials({}, [trial(10)], { folder: impossible })).toEqual([trial(10)]);
  expect(keepTrials({}, [trial(10)], { folder: undefined })).toEqual([trial(10)]);
  expect(readTrials({}, impossible)).toBeUndefined();
});
