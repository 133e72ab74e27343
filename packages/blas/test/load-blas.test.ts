import { afterEach, expect, test, vi } from 'vitest';
import { loadBlas, NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE } from '../src/index.ts';

afterEach(() => vi.unstubAllGlobals());

const blas = await loadBlas({ threads: 1, kernels: 'default' });

test('there is a BLAS, or a sentence that says why not', () => {
  const found = 'reason' in blas ? blas.reason : `the library ${blas.library}`;
  expect(found).toMatch(/is not installed|found none of .*install|^the library .+/);
});

test('its product of two matrices is right', ({ skip }) => {
  skip('reason' in blas, 'reason' in blas ? blas.reason : '');
  if ('reason' in blas) return;
  const a = Float32Array.of(1, 2, 3, 4, 5, 6);
  const b = Float32Array.of(7, 8, 9, 10, 11, 12);
  const c = Float32Array.of(1, 1, 1, 1);
  // [[1, 2, 3], [4, 5, 6]] times the transpose of [[7, 8, 9], [10, 11, 12]], plus ones.
  blas.sgemm(ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE, 2, 2, 3, 1, a, 3, b, 3, 1, c, 2);
  expect([...c]).toEqual([51, 69, 123, 168]);
});

test.each(['Deno', 'Bun'])('%s computes without a native BLAS', async (runtime) => {
  vi.stubGlobal(runtime, {});
  expect(await loadBlas()).toEqual({
    reason: `a native BLAS is used only in Node, not in ${runtime}`,
    trials: [],
  });
});
