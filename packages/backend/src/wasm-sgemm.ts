import type { Sgemm } from './sgemm.ts';
import { heapAllocate, heapFloats } from './wasm-heap.ts';
import { wasmKernels } from './wasm-kernels.ts';

/**
 * Matrix products in WebAssembly SIMD on tfjs's own wasm heap, equally fast in every layout.
 *
 * @param fused use fused multiply-add if this engine has relaxed SIMD; false gives the same bits on
 *   every machine
 */
export function wasmSgemm(fused = true): Sgemm {
  const kernels = wasmKernels(fused);
  const scratch = (heapAllocate(kernels.sgemmScratchBytes() + 16) + 15) & ~15;
  return ({ rows, columns, depth, alpha, a, b, beta, c }) => {
    if (depth === 0) return scale(c, rows * columns, beta);
    kernels.sgemm(
      rows,
      columns,
      depth,
      alpha,
      a.offset,
      a.rowStride,
      a.columnStride,
      b.offset,
      b.rowStride,
      b.columnStride,
      beta,
      c,
      columns,
      scratch,
    );
  };
}

/** Computes beta · C, which remains of a product with depth 0. */
function scale(c: number, length: number, beta: number): void {
  const values = heapFloats(c, length);
  for (let i = 0; i < length; i++) values[i] = beta === 0 ? 0 : beta * values[i]!;
}
