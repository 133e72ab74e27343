import type { Axpy } from './sgemm.ts';
import { heapAllocate, heapFloats, wasmBackend } from './wasm-heap.ts';

/** Long enough that a BLAS uses its threads. */
const LENGTH = 40_003;

/**
 * Tells whether vector sums on the current heap are right, compared with float64, and write nothing
 * else.
 */
export function checkAxpy(axpy: Axpy): boolean {
  const x = heapAllocate(4 * (2 * LENGTH + 1));
  const y = x + 4 * LENGTH;
  const xValues = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i + 1));
  const yValues = Float32Array.from({ length: LENGTH + 1 }, (_, i) => Math.cos(3 * i));
  heapFloats(x, LENGTH).set(xValues);
  heapFloats(y, LENGTH + 1).set(yValues);
  axpy(LENGTH, -0.5, x, y);
  const found = heapFloats(y, LENGTH + 1).slice();
  const untouched = heapFloats(x, LENGTH).every((value, i) => value === xValues[i]);
  wasmBackend().wasm._free(x);
  const isRight = xValues.every(
    (value, i) => Math.abs(found[i]! - (yValues[i]! - 0.5 * value)) < 1e-6,
  );
  return isRight && untouched && found[LENGTH] === yValues[LENGTH];
}
