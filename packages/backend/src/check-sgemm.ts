import type { Sgemm } from './sgemm.ts';
import { heapFloats, wasmBackend } from './wasm-heap.ts';

/** Whether products on the current heap are right: compares a small one with float64 sums. */
export function checkSgemm(sgemm: Sgemm): boolean {
  const { wasm } = wasmBackend();
  const [rows, columns, depth] = [5, 9, 7];
  const offset = wasm._malloc(4 * (rows * depth + depth * columns + rows * columns));
  if (offset === 0) return false;
  const aValues = Float32Array.from({ length: rows * depth }, (_, i) => Math.sin(i + 1));
  const bValues = Float32Array.from({ length: depth * columns }, (_, i) => Math.cos(3 * i + 1));
  const bOffset = offset + 4 * aValues.length;
  const cOffset = bOffset + 4 * bValues.length;
  heapFloats(offset, aValues.length).set(aValues);
  heapFloats(bOffset, bValues.length).set(bValues);
  heapFloats(cOffset, rows * columns).fill(2);
  sgemm({
    rows,
    columns,
    depth,
    alpha: 0.5,
    a: { offset, rowStride: depth, columnStride: 1 },
    b: { offset: bOffset, rowStride: 1, columnStride: depth },
    beta: 0.25,
    c: cOffset,
  });
  const c = heapFloats(cOffset, rows * columns).slice();
  wasm._free(offset);
  return c.every((value, index) => {
    const i = Math.floor(index / columns);
    const j = index % columns;
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += aValues[i * depth + k]! * bValues[j * depth + k]!;
    return Math.abs(value - (0.5 * sum + 0.5)) < 1e-5;
  });
}
