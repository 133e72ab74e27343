import { FUSED_KERNELS, PLAIN_KERNELS } from './kernels.generated.ts';
import type { Sgemm } from './sgemm.ts';
import { heapAllocate, heapFloats, wasmBackend } from './wasm-heap.ts';

interface Kernels {
  sgemmScratchBytes(): number;
  sgemm(
    rows: number,
    columns: number,
    depth: number,
    alpha: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    beta: number,
    c: number,
    cRow: number,
    scratch: number,
  ): void;
}

/**
 * Matrix products in WebAssembly SIMD on tfjs's own wasm heap, equally fast in every layout.
 *
 * @param fused use fused multiply-add where this engine has relaxed SIMD; false gives the same bits on every machine
 */
export function wasmSgemm(fused = true): Sgemm {
  const kernels = instantiate(fused);
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

/** beta · C, all that is left of a product over nothing. */
function scale(c: number, length: number, beta: number): void {
  const values = heapFloats(c, length);
  for (let i = 0; i < length; i++) values[i] = beta === 0 ? 0 : beta * values[i]!;
}

function instantiate(fused: boolean): Kernels {
  const imports = { env: { memory: wasmBackend().wasm.asm.memory } };
  const build = (base64: string): Kernels => {
    const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return new WebAssembly.Instance(module, imports).exports as object as Kernels;
  };
  if (!fused) return build(PLAIN_KERNELS);
  try {
    return build(FUSED_KERNELS);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return build(PLAIN_KERNELS);
    throw error;
  }
}
