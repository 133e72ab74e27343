import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wasmSgemm } from '../src/index.ts';
import { expectProduct } from './support/products.ts';
import { largeTrials, smallTrials, thinTrials } from './support/trials.ts';
import { expectNoLeak } from './support/wasm.ts';

describe.each([
  ['with fused multiply-add', true],
  ['without', false],
])('the wasm product %s', (_name, fused) => {
  const sgemm = wasmSgemm(fused);

  test('agrees with sums in float64 in every layout', async () => {
    await expectNoLeak(() => {
      const property = fc.property(smallTrials, (trial) => expectProduct(sgemm, trial));
      expect(() => fc.assert(property, { numRuns: 400, seed: 1 })).not.toThrow();
    });
  });

  test('agrees if an extent is 1', async () => {
    await expectNoLeak(() => {
      const property = fc.property(thinTrials, (trial) => expectProduct(sgemm, trial));
      expect(() => fc.assert(property, { numRuns: 200, seed: 2 })).not.toThrow();
    });
  });

  test.each(largeTrials)('agrees beyond one block: $rows x $depth x $columns', async (trial) => {
    await expectNoLeak(() => expect(() => expectProduct(sgemm, trial)).not.toThrow());
  });
});
