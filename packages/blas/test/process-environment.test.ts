import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { loadKoffi } from '../src/koffi.ts';
import { withEnvironment } from '../src/process-environment.ts';
import { FakeBlas } from './support/fake-blas.ts';

const NAME = 'DEEPBELIEF_TEST_VARIABLE';

const found = loadKoffi();
if (typeof found === 'string') throw new Error(found);
const koffi = found;

test('variables are set while the body runs, visible to native code, and restored', () => {
  const read = koffi.load(null).func('const char *getenv(const char *name)');
  const during = withEnvironment(koffi, { [NAME]: 'inside' }, () => String(read(NAME)));
  expect(during).toBe('inside');
  expect(read(NAME)).toBeNull();
  process.env[NAME] = 'before';
  expect(
    withEnvironment(koffi, { [NAME]: undefined }, () => read(NAME) as string | null),
  ).toBeNull();
  expect(() =>
    withEnvironment(koffi, { [NAME]: 'inside' }, () => {
      throw new Error('broken off');
    }),
  ).toThrow('broken off');
  expect(read(NAME)).toBe('before');
  delete process.env[NAME];
});

/** What a program that runs in a worker thread sends. */
async function fromWorker(program: string): Promise<unknown> {
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);

test('native code also sees them from a worker thread, whose process.env is a copy', async () => {
  const program = `
    import { parentPort } from 'node:worker_threads';
    const { loadKoffi } = await import(${url('../src/koffi.ts')});
    const koffi = loadKoffi();
    const { withEnvironment } = await import(${url('../src/process-environment.ts')});
    const read = koffi.load(null).func('const char *getenv(const char *name)');
    process.env.${NAME} = 'a copy';
    const outside = read('${NAME}');
    parentPort.postMessage([outside, withEnvironment(koffi, { ${NAME}: 'inside' }, () => read('${NAME}')), read('${NAME}')]);
  `;
  const message = await fromWorker(program);
  expect(message).toEqual([null, 'inside', null]);
  expect(
    execFileSync(process.execPath, ['-p', `process.env.${NAME}`], { encoding: 'utf8' }).trim(),
  ).toBe('undefined');
});

test('a worker thread loads a BLAS with the requested kernels', async ({ skip }) => {
  skip(FakeBlas.missing !== undefined, FakeBlas.missing);
  const fakes = new FakeBlas();
  onTestFinished(() => fakes.remove());
  const library = fakes.compile('worker');
  const message = await fromWorker(`
    import { parentPort } from 'node:worker_threads';
    const { loadBlas } = await import(${url('../src/load-blas.ts')});
    process.env.XDG_CACHE_HOME = ${JSON.stringify(fakes.folder)};
    const load = async (kernels) => {
      const { kernels: taken, reason } = await loadBlas({ library: ${JSON.stringify(library)}, kernels });
      return taken ?? reason;
    };
    parentPort.postMessage([await load('Sandybridge'), await load('Nehalem')]);
  `);
  // A library is loaded once into a process, for all its threads.
  expect(message).toEqual([
    'Sandybridge',
    'libopenblas-worker.so was loaded before in this process, with Sandybridge kernels, which were not tried; start a new process for Nehalem',
  ]);
});
