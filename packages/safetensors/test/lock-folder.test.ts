import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLock, lockFolder } from '../src/node.ts';
import { thisProcess } from '../src/process-identity.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const { pid, start, place } = thisProcess();

/** The file name of a holder. */
const lockName = (holder: { pid?: number; start?: string; place?: string }): string =>
  `.deepbelief-lock-run-${[holder.pid ?? pid, 0, 99, holder.start ?? start, holder.place ?? place].join('-')}`;

async function take(name = 'run') {
  const result = await lockFolder(folder, name, 'a test');
  if (!isLock(result)) throw new Error(`process ${result.pid} holds it`);
  return result;
}

test('one holder at a time has a lock, others learn who, and nothing is left behind', async () => {
  const before = Date.now();
  const lock = await take();
  const holder = await lockFolder(folder, 'run', 'another');
  if (isLock(holder)) throw new Error('two hold it');
  expect(holder).toMatchObject({
    pid,
    purpose: 'a test',
    elsewhere: false,
    file: join(folder, lock.name),
  });
  expect(holder.since.getTime()).toBeGreaterThanOrEqual(before);
  lock.release();
  (await take()).release();
  expect(await readdir(folder)).toEqual([]);
});

test('locks with other names do not interfere', async () => {
  const [run, other, longer] = [
    await take('run'),
    await take('images.safetensors'),
    await take('run-1'),
  ];
  expect(await readdir(folder)).toHaveLength(3);
  for (const lock of [run, other, longer]) lock.release();
});

test('the lock of a killed process is taken over', async () => {
  const module = fileURLToPath(new URL('../src/lock-folder.ts', import.meta.url));
  const program = `const { lockFolder } = await import(${JSON.stringify(module)});
    await lockFolder(${JSON.stringify(folder)}, 'run', 'to be killed');
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  await once(child.stdout, 'data');
  expect(isLock(await lockFolder(folder, 'run', 'too early'))).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await take();
  expect(await readdir(folder)).toEqual([lock.name]);
  lock.release();
});

test('a process that reuses the number of an ended one holds nothing', async (context) => {
  context.skip(start === '', 'this system does not say when processes started');
  await writeFile(join(folder, lockName({ start: '1' })), '');
  (await take()).release();
  expect(await readdir(folder)).toEqual([]);
});

test('a process on another machine holds its lock while it gives signs of life', async () => {
  const file = join(folder, lockName({ pid: 1, place: '00000000' }));
  await writeFile(file, '{ "since": "2026-01-02T03:04:05Z", "purpose": "far away" }');
  const holder = await lockFolder(folder, 'run', 'a test');
  expect(holder).toMatchObject({ pid: 1, elsewhere: true, purpose: 'far away', file });
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(file, longAgo, longAgo);
  (await take()).release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many simultaneous processes, no two hold the lock', async () => {
  let [holding, most, got] = [0, 0, 0];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const lock = await lockFolder(folder, 'run', 'one of many');
      if (!isLock(lock)) return;
      most = Math.max(most, ++holding);
      got++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      holding--;
      lock.release();
    }),
  );
  expect(most).toBeLessThanOrEqual(1);
  expect(got).toBeLessThanOrEqual(20);
  expect(await readdir(folder)).toEqual([]);
});

test('a missing folder is an error; files that are not locks are not removed', async () => {
  await expect(lockFolder(join(folder, 'none'), 'run', 'a test')).rejects.toThrow('ENOENT');
  await writeFile(join(folder, '.deepbelief-lock-run-note.txt'), 'mine');
  (await take()).release();
  expect(await readdir(folder)).toEqual(['.deepbelief-lock-run-note.txt']);
});
