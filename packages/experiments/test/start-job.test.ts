import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError, useBackend, type BackendOptions } from '@deepbelief/backend';
import { afterEach, expect, test, vi } from 'vitest';
import type { ComputeOptions } from '../src/job.ts';
import { jobFolder, recordedBackend } from '../src/run-jobs.ts';
import { RunFolder } from '../src/run-folder.ts';
import { startJob } from '../src/start-job.ts';
import { isMistake } from '../src/user-error.ts';
import { temporaryFolder } from './support/folders.ts';

vi.mock('@deepbelief/backend', { spy: true });
afterEach(() => vi.mocked(useBackend).mockReset());

/** What the machines of these tests have: a BLAS whose fastest kernels are a matter of noise. */
const SKYLAKE = {
  backend: 'wasm+blas',
  library: '/lib/libfast.so',
  kernels: 'SkylakeX',
  threads: 2,
} as const;
const HASWELL = { ...SKYLAKE, kernels: 'Haswell' } as const;

/** Takes what it is asked for, and else `fastest`. */
function machine(
  fastest: BackendOptions,
  has: (options: BackendOptions) => boolean = () => true,
): void {
  vi.mocked(useBackend).mockImplementation(async (asked: BackendOptions = {}) => {
    const given = Object.fromEntries(
      Object.entries(asked).filter(([, value]) => value !== undefined),
    );
    const options = { ...(asked.backend === 'wasm' ? {} : fastest), ...given };
    if (!has(options)) throw new BackendError(`useBackend: there is no library ${options.library}`);
    const backend = options.backend ?? 'cpu';
    return { backend, arithmetic: Object.values(options).join(' '), options, rejected: [] };
  });
}

const folder = (): Promise<RunFolder> => new RunFolder(join(temporaryFolder(), 'job')).create();
const job = { name: 'nrelu, seed 1', seed: 1 };
const computing = async (where: RunFolder, compute: ComputeOptions = {}): Promise<string> =>
  startJob(where, job, compute);

/** The one line of a user's mistake. */
async function mistakeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error('no mistake'),
    (reason: unknown) => reason,
  );
  expect(isMistake(error), String(error)).toBe(true);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

test('what computes a job is recorded as plain data', async () => {
  machine(SKYLAKE);
  const where = await folder();
  await computing(where);
  expect(JSON.parse(readFileSync(where.file('job.json'), 'utf8'))).toMatchObject({
    job,
    arithmetic: 'wasm+blas /lib/libfast.so SkylakeX 2',
    computedBy: SKYLAKE,
  });
});

test('a job goes on with the library, kernels and threads that it recorded, whatever is fastest now', async () => {
  machine(SKYLAKE);
  const where = await folder();
  const begun = await computing(where, { shareOfThreads: 2 });
  machine(HASWELL);
  expect(await computing(where, { shareOfThreads: 1 })).toBe(begun);
  expect(useBackend).toHaveBeenLastCalledWith(SKYLAKE);
  expect(await computing(await folder(), { shareOfThreads: 1 })).toBe(
    'wasm+blas /lib/libfast.so Haswell 1',
  );
});

test('the same options as at the start change nothing', async () => {
  machine(SKYLAKE);
  const where = await folder();
  const begun = await computing(where, { backend: 'wasm+blas', threads: 2 });
  expect(await computing(where, { backend: 'wasm+blas', threads: 2 })).toBe(begun);
  expect(await computing(where, { threads: 2 })).toBe(begun);
});

test('jobs that were not begun go the way of those that were, unless options say otherwise', async () => {
  machine(SKYLAKE);
  const run = new RunFolder(temporaryFolder());
  const jobs = [1, 2, 3].map((seed) => ({ name: `nrelu, seed ${seed}`, seed }));
  expect(await recordedBackend(run, jobs)).toBeUndefined();
  const begun = await startJob(await jobFolder(run, jobs[1]!).create(), jobs[1]!, {});
  machine(HASWELL);
  const recorded = await recordedBackend(run, jobs);
  expect(recorded).toEqual(SKYLAKE);
  expect(await startJob(await jobFolder(run, jobs[0]!).create(), jobs[0]!, { recorded })).toBe(
    begun,
  );
  const other = await startJob(await jobFolder(run, jobs[2]!).create(), jobs[2]!, {
    recorded,
    backend: 'wasm',
  });
  expect(other).toBe('wasm');
});

test.each([
  [{ backend: 'wasm' }, '--backend asks for wasm'],
  [{ threads: 1 }, '--threads asks for 1'],
] as const)(
  'options that ask for something else, %j, are refused; without them it goes on',
  async (compute, says) => {
    machine(SKYLAKE);
    const where = await folder();
    const begun = await computing(where);
    const message = await mistakeOf(computing(where, compute));
    expect(message).toContain(
      `${where.path} was computed by wasm+blas /lib/libfast.so SkylakeX 2, ${says}`,
    );
    expect(message).toMatch(
      /leave --(backend|threads) out to continue it, or choose another --out to start anew/,
    );
    expect(await computing(where)).toBe(begun);
  },
);

test.each([
  [
    'the library is gone',
    () => false,
    /is not there now \(useBackend: there is no library \/lib\/libfast.so\)/,
  ],
  [
    'its kernels are',
    (options: BackendOptions) => options.kernels !== 'SkylakeX',
    /there is no library/,
  ],
])('where %s the job is refused, and another folder starts anew', async (_what, has, says) => {
  machine(SKYLAKE);
  const where = await folder();
  await computing(where);
  machine(HASWELL, has);
  const message = await mistakeOf(computing(where));
  expect(message).toMatch(says);
  expect(message).toContain('choose another --out to start anew, or remove it');
  machine(HASWELL);
  expect(await computing(await folder())).toContain('Haswell');
  // Installed again, it goes on.
  machine(HASWELL, ({ library }) => library !== undefined);
  expect(await computing(where)).toContain('SkylakeX');
});

test('a library of another version under the same name is refused', async () => {
  machine(SKYLAKE);
  const where = await folder();
  await computing(where);
  vi.mocked(useBackend).mockResolvedValue({
    backend: 'wasm+blas',
    arithmetic: 'libfast.so (Fast 2.0)',
    options: SKYLAKE,
    rejected: [],
  });
  expect(await mistakeOf(computing(where))).toContain('here it would be libfast.so (Fast 2.0)');
});
