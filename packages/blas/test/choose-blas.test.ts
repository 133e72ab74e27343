import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { probeBlas } from '../src/blas-probe.ts';
import { chooseBlas, type BlasOptions } from '../src/choose-blas.ts';
import type { Machine } from '../src/machine.ts';
import { FakeBlas } from './support/fake-blas.ts';
import { machine, processors } from './support/machines.ts';

/**
 * A library that has every kernel set but Zen and those of other processors, each with its speed in
 * GFLOP/s.
 */
function probeOf(speeds: Readonly<Record<string, number>> = {}, lacks = ['Zen']) {
  return vi.fn<typeof probeBlas>(async (_path, { name }) => ({
    ok: true,
    description: 'OpenBLAS 0.3.21',
    kernels: name === 'default' ? 'Own' : lacks.includes(name) ? 'Haswell' : name,
    threads: 1,
    gflops: speeds[name] ?? 1,
  }));
}

describe.each(processors)('on a processor with $processor', ({ given, sets }) => {
  const here = (more: Partial<Machine> = {}): Machine => machine({ ...given, ...more });
  const choose = (options: BlasOptions, more: Partial<Machine> = {}, probe = probeOf()) =>
    chooseBlas(options, here(more), probe);

  test("the library's own choice and what the processor can run are tried", async () => {
    const { trials } = await choose({});
    expect(trials.map(({ kernels }) => kernels)).toEqual(['default', ...sets]);
  });

  test('the set named in the environment is tried too, once', async () => {
    const { trials } = await choose({}, { environment: { OPENBLAS_CORETYPE: 'haswell' } });
    const named = given.features.has('asimd') ? 'haswell' : 'Haswell';
    expect(trials.map(({ kernels }) => kernels)).toEqual([
      'default',
      named,
      ...sets.filter((set) => set !== named),
    ]);
  });

  test.each(
    given.features.has('asimd') ? ['NEOVERSEV1', 'ARMV8'] : ['SkylakeX', 'Haswell', 'Sandybridge'],
  )('%s can be pinned, in any case, by option or environment', async (name) => {
    const variables = { OPENBLAS_CORETYPE: name };
    expect(await choose({ kernels: name.toLowerCase() })).toMatchObject({
      kernels: name,
      set: { name, variables },
    });
    const environment = { DEEPBELIEF_BLAS_KERNELS: name.toUpperCase() };
    expect(await choose({}, { environment })).toMatchObject({
      kernels: name,
      set: { name, variables },
    });
  });

  test('a pinned set that the library lacks is refused, with what it would use instead', async () => {
    expect(await choose({ kernels: 'Zen' })).toMatchObject({
      reason: 'libopenblas.so.0 (Zen kernels) has no Zen kernels, takes Haswell',
    });
  });

  test('the fastest is chosen; order, not noise, decides between equals', async () => {
    const fastest = sets.at(-1) ?? 'default';
    const clear = await choose({}, {}, probeOf({ default: 100, [fastest]: 106 }));
    expect(clear).toMatchObject({ set: { name: fastest } });
    const close = await choose({}, {}, probeOf({ default: 100, [fastest]: 104 }));
    expect(close).toMatchObject({ set: { name: 'default' } });
  });
});

test('a little faster than something a little faster is not clearly faster than the first', async () => {
  const speeds = { default: 100, Haswell: 60, SkylakeX: 104, Cooperlake: 104.9 };
  expect(await chooseBlas({}, machine(processors[0].given), probeOf(speeds))).toMatchObject({
    set: { name: 'default' },
  });
});

test('a library can be named in the environment, and must exist', async () => {
  const environment = { DEEPBELIEF_BLAS: '/nowhere/libfast.so' };
  expect(await chooseBlas({}, machine({ environment }), probeOf())).toEqual({
    reason: 'there is no library /nowhere/libfast.so',
    trials: [],
  });
});

test('a found library can be named by its path even if it is not a file, as on macOS', async () => {
  const library = '/System/Library/Accelerate';
  const libraries = [{ name: 'Accelerate', path: library, bytes: 0, modified: 0 }];
  const mac = machine({ platform: 'darwin', arch: 'arm64', libraries });
  expect(await chooseBlas({ library, kernels: 'default' }, mac, probeOf())).toMatchObject({
    library: libraries[0],
  });
});

test('a machine without a library gets a hint what to install', async () => {
  const { reason } = (await chooseBlas({}, machine({ libraries: [] }), probeOf())) as {
    reason: string;
  };
  expect(reason).toMatch(/found none of .*; install OpenBLAS/);
});

const fakes = new FakeBlas();
afterAll(() => fakes.remove());

describe('trials', () => {
  const cache = join(fakes.folder, 'cache');

  test('are kept for the next start until something they depend on changes', async () => {
    const here = machine({ ...processors[1].given, cache });
    const probe = probeOf({ Haswell: 9 });
    const chosen = await chooseBlas({}, here, probe);
    expect(chosen).toMatchObject({ kernels: 'Haswell' });
    expect(probe).toHaveBeenCalledTimes(2);
    expect(await chooseBlas({}, here, probe)).toEqual(chosen);
    expect(probe).toHaveBeenCalledTimes(2);
    const [library] = here.libraries;
    const others: readonly (readonly [BlasOptions, Machine])[] = [
      [{ threads: 1 }, here],
      [{ fresh: true }, here],
      [{}, { ...here, cores: 5 }],
      [{}, { ...here, processor: 'Test 2000' }],
      [{}, { ...here, environment: { OMP_NUM_THREADS: '1' } }],
      [{}, { ...here, libraries: [{ ...library!, modified: 2 }] }],
    ];
    for (const [options, where] of others) {
      probe.mockClear();
      await chooseBlas(options, where, probe);
      expect(probe).toHaveBeenCalledTimes(2);
    }
  });

  test('receive the threads and the environment', async () => {
    const environment = { OMP_WAIT_POLICY: 'active' };
    const probe = probeOf();
    await chooseBlas({ threads: 3 }, machine({ environment }), probe);
    expect(probe.mock.calls).toMatchObject([
      ['/usr/lib/libopenblas.so.0', {}, { threads: 3, environment }],
    ]);
  });
});

const compiled = FakeBlas.missing === undefined ? 'compiled here' : `skipped: ${FakeBlas.missing}`;
describe.skipIf(FakeBlas.missing !== undefined)(
  `with libraries in processes of their own (${compiled})`,
  () => {
    /** The outcome for a library that is tried only with its own choice of kernels. */
    async function reasonOf(library: string, limit?: number): Promise<string> {
      const probe: typeof probeBlas = (path, set, options) =>
        probeBlas(path, set, { ...options, limit });
      const chosen = await chooseBlas({ library, kernels: 'default' }, machine(), probe);
      return 'reason' in chosen ? chosen.reason : 'taken';
    }

    test('a BLAS with right products is used', async () => {
      expect(await reasonOf(fakes.compile('right'))).toBe('taken');
    });

    test.each([
      ['crashes', '*(volatile int *)8=1', {}, /crashes \(SIGSEGV\)/],
      ['stumbles', '__builtin_trap()', {}, /crashes \(SIG(ILL|TRAP)\)/],
      ['leaves', 'exit(3)', {}, /fails: no message/],
      ['dies-at-load', '', { AT_LOAD: 'abort()' }, /crashes \(SIGABRT\)/],
      ['lacks', '', { WITHOUT: '1' }, /has no cblas_sgemm/],
      ['is-off', 'c[0]*=1.0001f', {}, /wrong product A·B of 1×1/],
      ['is-off-in-tiles', 'if(n>1000)c[1024]+=0.01f', {}, /wrong product A·B of 33×67 and 67×1031/],
      [
        'is-off-in-training',
        'if(n==500&&ta==111&&tb==111&&beta==0)c[49999]+=1',
        {},
        /wrong product of 100×784 and/,
      ],
      ['is-off-when-adding', 'if(beta!=0)c[n-1]+=0.5f', {}, /wrong product .* \(beta (1|0.9)\)/],
      ['is-off-when-turned', 'if(ta==112&&tb==112&&m>1)c[1]+=0.5f', {}, /wrong product Aᵀ·Bᵀ/],
      ['is-NaN', 'if(m==97)c[5]=0.0f/0.0f', {}, /wrong product/],
      ['overruns', 'if(m==521)c[m*n]=1', {}, /writes outside of the product/],
    ])('a BLAS that %s is not', async (name, fault, macros, expected) => {
      expect(await reasonOf(fakes.compile(name, fault, macros))).toMatch(expected);
    });

    test('a BLAS that hangs is killed', async () => {
      expect(await reasonOf(fakes.compile('hangs', 'for(;;)sleep(1)'), 2500)).toMatch(
        /did not end within 2.5 s/,
      );
    });

    test('the process’s environment selects kernel sets, and only right ones are used', async () => {
      const library = fakes.compile(
        'sets',
        'if(is("SkylakeX"))c[0]+=1;if(is("Cooperlake")||is("Haswell"))abort()',
      );
      const environment = { OPENBLAS_CORETYPE: 'Haswell' };
      const chosen = await chooseBlas(
        { library },
        machine({ ...processors[0].given, environment }),
      );
      expect(chosen).toMatchObject({ set: { name: 'default' }, kernels: 'Plain' });
      const tried = Object.fromEntries(
        chosen.trials.map(({ kernels, outcome }) => [kernels, outcome]),
      );
      expect(tried).toMatchObject({
        default: { ok: true, description: 'FakeBLAS 1.0' },
        Haswell: { ok: false },
        SkylakeX: { ok: false },
        Cooperlake: { ok: false },
      });
      expect(await chooseBlas({ library, kernels: 'sandybridge' }, machine())).toMatchObject({
        kernels: 'Sandybridge',
      });
    });

    test('a replaced file is tried again', async () => {
      const here = machine({ cache: join(fakes.folder, 'replaced') });
      const library = fakes.compile('replaced');
      expect(await chooseBlas({ library, kernels: 'default' }, here)).toHaveProperty('library');
      fakes.compile('replaced', 'c[0]+=1');
      expect(await chooseBlas({ library, kernels: 'default' }, here)).toHaveProperty('reason');
    });
  },
);
