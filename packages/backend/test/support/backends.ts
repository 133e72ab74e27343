import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { loadNativeBlas, wasmSgemm, type Sgemm } from '../../src/index.ts';
import { expectNoLeak, expectSums, spread } from './wasm.ts';

const blas = await loadNativeBlas({ threads: 1, kernels: 'default' });
/** Which operands are transposed. */
export const layouts = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
/** The products to try, by name. */
export const ways: (readonly [string, Sgemm])[] = [
  ['wasm', wasmSgemm()],
  ...('reason' in blas ? [] : [['native', blas.sgemm] as const]),
];

/** A tensor of numbers in (−1, 1), the same at each call. */
export function filled(shape: number[], seed: number): Tensor {
  return tensor(
    spread(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    shape,
  );
}

/** What `make` gives on tfjs's cpu backend, for the same inputs. */
async function onCpu(make: () => Tensor): Promise<{ shape: number[]; values: Float32Array }> {
  await setBackend('cpu');
  const result = tidy(make);
  const found = { shape: result.shape, values: (await result.data()) as Float32Array };
  result.dispose();
  await setBackend('wasm');
  return found;
}

/** Expects the same of the cpu backend and of wasm with the products that are registered. */
export async function expectAsOnCpu(make: () => Tensor, depth: number): Promise<void> {
  await expectNoLeak(async () => {
    const expected = await onCpu(make);
    const result = tidy(make);
    expect(result.shape).toEqual(expected.shape);
    expectSums(result.dataSync(), expected.values, depth);
    result.dispose();
  });
}
