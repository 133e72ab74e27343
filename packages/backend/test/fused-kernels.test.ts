import { describe, test } from 'vitest';
import { loadNativeBlas, type BackendName } from '../src/index.ts';
import { convolutionProperties } from './support/convolution-properties.ts';
import { kernelProperties } from './support/kernel-properties.ts';
import { useSoftwareGpu } from './support/software-gpu.ts';

const blas = await loadNativeBlas();
/** Each backend with fused kernels, and why it cannot be tried here. */
const backends: readonly (readonly [BackendName, string | undefined])[] = [
  ['wasm', undefined],
  ['wasm+blas', 'reason' in blas ? blas.reason : undefined],
  ['webgpu', await useSoftwareGpu()],
];

describe.each(backends)('on %s', (backend, missing) => {
  test.for(kernelProperties)('$name', { timeout: 120_000 }, async ({ check }, { skip }) => {
    skip(missing !== undefined, missing);
    await check(backend);
  });
});

// A GPU computes these in the portable form.
describe.each(backends.filter(([name]) => name !== 'webgpu'))('on %s', (backend, missing) => {
  test.for(convolutionProperties)('$name', { timeout: 120_000 }, async ({ check }, { skip }) => {
    skip(missing !== undefined, missing);
    await check(backend);
  });
});
