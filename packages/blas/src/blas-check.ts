import { NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE, type CblasSgemm } from './blas-binding.ts';

/**
 * Rows, columns, depth: vectors, sizes that no tile divides, several tiles, and the shapes of
 * training.
 */
const SHAPES = [
  [1, 1, 1],
  [1, 67, 33],
  [65, 1, 35],
  [9, 7, 1],
  [5, 9, 7],
  [97, 113, 301],
  [33, 1031, 67],
  [521, 35, 259],
  [100, 500, 784],
] as const;

const FACTORS = [
  [1, 0],
  [0.5, 0.9],
  [-1, 1],
] as const;

/** Surrounds C; a product must not change it. */
const GUARD = 12345.5;
const GUARDS = 32;

/**
 * Says in a clause what is wrong with a BLAS's products, or returns undefined. Compares all four
 * layouts, with and without a C to add to, with float64 sums, for shapes up to those of training.
 */
export function productComplaint(call: CblasSgemm): string | undefined {
  for (const [shape, [rows, columns, depth]] of SHAPES.entries()) {
    const a = spread(rows * depth, 3 * shape + 1);
    const b = spread(depth * columns, 3 * shape + 2);
    const c = spread(rows * columns, 3 * shape + 3);
    const product = exactProduct(a, b, rows, columns, depth);
    const tolerance = 2e-6 * (Math.sqrt(depth) + 1);
    const [aTurned, bTurned] = [turned(a, rows, depth), turned(b, depth, columns)];
    for (const [layout, [transA, transB]] of LAYOUTS.entries()) {
      const [alpha, beta] = FACTORS[(shape + layout) % FACTORS.length]!;
      const memory = new Float32Array(c.length + 2 * GUARDS).fill(GUARD);
      const output = memory.subarray(GUARDS, GUARDS + c.length);
      // With beta 0, C must not be read, whatever it holds.
      if (beta === 0) output.fill(NaN);
      else output.set(c);
      call(
        ROW_MAJOR,
        transA ? TRANSPOSE : NO_TRANSPOSE,
        transB ? TRANSPOSE : NO_TRANSPOSE,
        rows,
        columns,
        depth,
        alpha,
        transA ? aTurned : a,
        transA ? rows : depth,
        transB ? bTurned : b,
        transB ? depth : columns,
        beta,
        output,
        columns,
      );
      const right = output.every(
        (value, i) =>
          Math.abs(value - (alpha * product[i]! + (beta === 0 ? 0 : beta * c[i]!))) <= tolerance,
      );
      if (!right) {
        const names = `${transA ? 'Aᵀ' : 'A'}·${transB ? 'Bᵀ' : 'B'}`;
        return (
          `gives a wrong product ${names} of ${rows}×${depth} and ${depth}×${columns} (beta ` +
          `${beta})`
        );
      }
      const around = [...memory.subarray(0, GUARDS), ...memory.subarray(GUARDS + c.length)];
      if (around.some((value) => value !== GUARD)) return 'writes outside of the product';
    }
  }
  return undefined;
}

const LAYOUTS = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

/**
 * Numbers in (−1, 1) that depend only on their index, without a pattern that survives
 * transposition.
 */
export function spread(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}

function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]!;
  return result;
}

function exactProduct(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  columns: number,
  depth: number,
): Float64Array {
  const c = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = c.subarray(i * columns, (i + 1) * columns);
    for (let k = 0; k < depth; k++) {
      const factor = a[i * depth + k]!;
      for (let j = 0; j < columns; j++) row[j] = row[j]! + factor * b[k * columns + j]!;
    }
  }
  return c;
}
