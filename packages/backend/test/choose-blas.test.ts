import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { chooseBlas } from '../src/choose-blas.ts';
import { probeBlas } from '../src/blas-probe.ts';
import { FakeBlas } from './support/fake-blas.ts';

vi.mock('../src/blas-probe.ts', { spy: true });

const fakes = new FakeBlas();
const cache = join(fakes.folder, 'cache');
afterAll(() => fakes.remove());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(probeBlas).mockReset();
});

/** What comes of a library that is tried with its own choice of kernels alone. */
async function reasonOf(library: string, limit?: number): Promise<string> {
  const chosen = await chooseBlas({ library, kernels: 'default' }, undefined, limit);
  return 'reason' in chosen ? chosen.reason : 'taken';
}

describe.skipIf(!FakeBlas.compiler)(`with libraries made here (${FakeBlas.compiler ? 'cc' : 'skipped: no cc'})`, () => {
  test('a BLAS whose products are right is taken', async () => {
    expect(await reasonOf(fakes.compile('right'))).toBe('taken');
  });

  test.each([
    ['crashes', '*(volatile int *)8=1', {}, /crashes \(SIGSEGV\)/],
    ['stumbles', '__builtin_trap()', {}, /crashes \(SIG(ILL|TRAP)\)/],
    ['leaves', 'exit(3)', {}, /fails: without a word/],
    ['dies-at-load', '', { AT_LOAD: 'abort()' }, /crashes \(SIGABRT\)/],
    ['lacks', '', { WITHOUT: '1' }, /has no cblas_sgemm/],
    ['is-off', 'c[0]*=1.0001f', {}, /wrong product A·B of 1×1/],
    ['is-off-in-tiles', 'if(n>1000)c[1024]+=0.01f', {}, /wrong product A·B of 33×67 and 67×1031/],
    ['is-off-in-training', 'if(n==500&&ta==111&&tb==111&&beta==0)c[49999]+=1', {}, /wrong product of 100×784 and/],
    ['is-off-when-adding', 'if(beta!=0)c[n-1]+=0.5f', {}, /wrong product .* \(beta (1|0.9)\)/],
    ['is-off-when-turned', 'if(ta==112&&tb==112&&m>1)c[1]+=0.5f', {}, /wrong product Aᵀ·Bᵀ/],
    ['is-NaN', 'if(m==97)c[5]=0.0f/0.0f', {}, /wrong product/],
    ['overruns', 'if(m==521)c[m*n]=1', {}, /writes outside of the product/],
  ])('a BLAS that %s is not', async (name, fault, macros, expected) => {
    expect(await reasonOf(fakes.compile(name, fault, macros))).toMatch(expected);
  });

  test('a BLAS that hangs is ended', async () => {
    expect(await reasonOf(fakes.compile('hangs', 'for(;;)sleep(1)'), 2500)).toMatch(/did not end within 2.5 s/);
  });

  test('of kernel sets the fastest right one is taken, and kept for the next start', async () => {
    vi.stubEnv('OPENBLAS_CORETYPE', 'Haswell');
    const library = fakes.compile('sets', 'if(is("SkylakeX"))c[0]+=1;if(is("Cooperlake"))abort()');
    const chosen = await chooseBlas({ library }, cache);
    expect(chosen).toMatchObject({ set: { name: 'default' }, kernels: 'Plain' });
    const tried = Object.fromEntries(chosen.trials.map(({ kernels, outcome }) => [kernels, outcome]));
    expect(tried['default']).toMatchObject({ ok: true, description: 'FakeBLAS 1.0' });
    // Inherited, right and slower.
    expect(tried['Haswell']).toMatchObject({ ok: true, kernels: 'Haswell' });
    // Where the processor has AVX-512: wrong, and crashing.
    const others = ['SkylakeX', 'Cooperlake'].map((kernels) => tried[kernels]?.ok ?? false);
    expect(others).toEqual([false, false]);

    vi.mocked(probeBlas).mockClear();
    expect(await chooseBlas({ library }, cache)).toEqual(chosen);
    expect(probeBlas).not.toHaveBeenCalled();
    // Other threads, another file, or a wish to know: tried anew.
    await chooseBlas({ library, kernels: 'default', threads: 1 }, cache);
    await chooseBlas({ library, kernels: 'default', threads: 1, fresh: true }, cache);
    expect(probeBlas).toHaveBeenCalledTimes(2);
    fakes.compile('sets', 'c[0]+=1');
    expect(statSync(library).isFile()).toBe(true);
    expect(await chooseBlas({ library, kernels: 'default', threads: 1 }, cache)).toHaveProperty('reason');
  });

  test('a kernel set can be pinned, by option or environment, and must exist', async () => {
    const library = fakes.compile('pinned', '', {});
    vi.mocked(probeBlas).mockImplementation(async (_path, { name }) => ({
      ok: true,
      description: '',
      kernels: name === 'Zen' ? 'Haswell' : name,
      threads: 1,
      gflops: 1,
    }));
    expect(await chooseBlas({ library, kernels: 'skylakex' }, undefined)).toMatchObject({ kernels: 'SkylakeX' });
    vi.stubEnv('DEEPBELIEF_BLAS_KERNELS', 'Sandybridge');
    expect(await chooseBlas({ library }, undefined)).toMatchObject({
      kernels: 'Sandybridge',
      set: { variables: { OPENBLAS_CORETYPE: 'Sandybridge' } },
    });
    vi.stubEnv('DEEPBELIEF_BLAS_KERNELS', 'Zen');
    expect(await chooseBlas({ library }, undefined)).toMatchObject({
      reason: 'libopenblas-pinned.so (Zen kernels) has no Zen kernels, takes Haswell',
    });
  });
});

test('a library can be named in the environment, and must exist', async () => {
  vi.stubEnv('DEEPBELIEF_BLAS', '/nowhere/libfast.so');
  expect(await chooseBlas({}, undefined)).toEqual({ reason: 'there is no library /nowhere/libfast.so', trials: [] });
});

test('equals are decided by order, not by noise', async () => {
  const speeds: Record<string, number> = { default: 100, Haswell: 60, SkylakeX: 104, Cooperlake: 106 };
  vi.mocked(probeBlas).mockImplementation(async (_path, { name }) => ({
    ok: true,
    description: '',
    kernels: name,
    threads: 1,
    gflops: speeds[name] ?? 1,
  }));
  const library = join(import.meta.dirname, 'choose-blas.test.ts');
  const chosen = await chooseBlas({ library }, undefined);
  expect(chosen).toMatchObject({ set: { name: 'default' } });
});
