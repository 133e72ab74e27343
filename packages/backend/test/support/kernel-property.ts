import { randomKey, type RandomKey } from '@deepbelief/random';
import { getKernel } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import type { BackendName } from '../../src/index.ts';

/** Something that must hold of a backend's fused kernels; throws where it does not. */
export interface KernelProperty {
  readonly name: string;
  readonly check: (backend: BackendName) => Promise<void>;
}

/** Keys of all seeds, sites and steps. */
export const keys: fc.Arbitrary<RandomKey> = fc
  .tuple(fc.maxSafeNat(), fc.nat(65535), fc.oneof(fc.maxSafeNat(), fc.nat(1000)))
  .map(([seed, site, step]) => ({ ...randomKey(seed), site, step }));

/** Small sizes, which are mostly no multiples of a tile's, with ones among them. */
export const extents: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(1, 4, 16),
  fc.integer({ min: 1, max: 70 }),
);

/**
 * Throws unless the backend has a fused kernel, without which the portable form would be compared
 * with itself.
 */
export function expectKernel(name: string, backend: BackendName): void {
  const tfjs = backend === 'wasm+blas' ? 'wasm' : backend;
  if (getKernel(name, tfjs) === undefined) throw new Error(`${backend} has no kernel ${name}`);
}
