import type { TensorInfo } from '@tensorflow/tfjs-core';
import { heapFloats, heapOffset } from './wasm-heap.ts';

/** Writes the bias into every row, for a product that adds to it. */
export function fillRows(c: number, rows: number, columns: number, bias: TensorInfo): void {
  const length = bias.shape.length === 0 ? 1 : bias.shape[0]!;
  const values = heapFloats(heapOffset(bias), length);
  const output = heapFloats(c, rows * columns);
  if (length === 1) output.fill(values[0]!);
  else for (let row = 0; row < rows; row++) output.set(values, row * columns);
}
