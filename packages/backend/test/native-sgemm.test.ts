import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { loadNativeBlas, type NativeBlas } from '../src/index.ts';
import type { BlasPackage } from '../src/native-sgemm.ts';
import { checkSgemm } from '../src/check-sgemm.ts';
import { expectProduct } from './support/products.ts';
import { largeTrials, smallTrials, thinTrials } from './support/trials.ts';
import { expectNoLeak } from './support/wasm.ts';

const blas = await loadNativeBlas({ threads: 1, kernels: 'default' });

test('@deepbelief/blas has what is needed of it', async () => {
  const used: BlasPackage = await import('@deepbelief/blas');
  expect(used.loadBlas).toBeTypeOf('function');
});

test('there is a BLAS, or a sentence that says why not', () => {
  const found = 'reason' in blas ? blas.reason : `the library ${blas.library}`;
  expect(found).toMatch(/is not installed|found none of .*install|^the library .+/);
});

const title = 'reason' in blas ? `skipped: ${blas.reason}` : blas.library;
describe.skipIf('reason' in blas)(`native products (${title})`, () => {
  const { sgemm, threads } = 'reason' in blas ? { sgemm: () => {}, threads: 1 } : blas;

  test('run on as many threads as asked', () => {
    expect(threads).toBe(1);
  });

  test('are loaded again from their options, whatever the environment says', async () => {
    const { options, kernels } = blas as NativeBlas;
    vi.stubEnv('DEEPBELIEF_BLAS_KERNELS', 'Nonsense');
    const again = await loadNativeBlas(options);
    vi.unstubAllEnvs();
    expect(again).toMatchObject({ options, kernels, threads: 1 });
  });

  test('agree with sums in float64 in every layout', async () => {
    await expectNoLeak(() => {
      const property = fc.property(smallTrials, (trial) => expectProduct(sgemm, trial));
      expect(() => fc.assert(property, { numRuns: 400, seed: 1 })).not.toThrow();
    });
  });

  test('agree if an extent is 1', async () => {
    await expectNoLeak(() => {
      const property = fc.property(thinTrials, (trial) => expectProduct(sgemm, trial));
      expect(() => fc.assert(property, { numRuns: 200, seed: 2 })).not.toThrow();
    });
  });

  test.each(largeTrials)('agree on larger ones: $rows x $depth x $columns', async (trial) => {
    await expectNoLeak(() => expect(() => expectProduct(sgemm, trial)).not.toThrow());
  });

  test('pass the check that every BLAS must pass', async () => {
    await expectNoLeak(() => expect(checkSgemm(sgemm)).toBe(true));
  });
});

test('a wrong product fails the check', async () => {
  await expectNoLeak(() => expect(checkSgemm(() => {})).toBe(false));
});
