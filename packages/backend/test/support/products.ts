import { heapAllocate, heapFloats, wasmBackend } from '../../src/wasm-heap.ts';
import { rowMajor, type Sgemm } from '../../src/index.ts';
import { expectSums, spread } from './wasm.ts';

/** A product to try: sizes, layouts and factors. */
export interface Trial {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly alpha: number;
  readonly beta: number;
}

/** Written before and after C; a product must leave it alone. */
const GUARD = 12345.5;
const GUARDS = 64;

/** Checks a product against sums in float64, and that nothing outside C was written. */
export function expectProduct(sgemm: Sgemm, trial: Trial): void {
  const { rows, columns, depth, transposeA, transposeB, alpha, beta } = trial;
  const [a, b, c] = [
    spread(rows * depth, 1),
    spread(depth * columns, 2),
    spread(rows * columns, 3),
  ];
  const total = a.length + b.length + c.length + 2 * GUARDS;
  const start = heapAllocate(4 * total);
  const aOffset = start;
  const bOffset = aOffset + 4 * a.length;
  const cOffset = bOffset + 4 * (b.length + GUARDS);
  heapFloats(aOffset, a.length).set(a);
  heapFloats(bOffset, b.length).set(b);
  heapFloats(cOffset - 4 * GUARDS, c.length + 2 * GUARDS).fill(GUARD);
  // With beta 0, C must not be read, whatever it holds.
  heapFloats(cOffset, c.length).set(beta === 0 ? c.map(() => NaN) : c);
  sgemm({
    rows,
    columns,
    depth,
    alpha,
    a: rowMajor(aOffset, transposeA ? rows : depth, transposeA),
    b: rowMajor(bOffset, transposeB ? depth : columns, transposeB),
    beta,
    c: cOffset,
  });
  const found = heapFloats(cOffset, c.length).slice();
  const around = [
    ...heapFloats(cOffset - 4 * GUARDS, GUARDS),
    ...heapFloats(cOffset + 4 * c.length, GUARDS),
    ...heapFloats(aOffset, a.length).map((value, i) => (value === a[i] ? GUARD : 0)),
    ...heapFloats(bOffset, b.length).map((value, i) => (value === b[i] ? GUARD : 0)),
  ];
  wasmBackend().wasm._free(start);
  const what = JSON.stringify(trial);
  if (!around.every((value) => value === GUARD))
    throw new Error(`something outside C was written: ${what}`);
  const expected = Array.from(c, (old, k) => {
    const [i, j] = [Math.floor(k / columns), k % columns];
    let sum = 0;
    for (let d = 0; d < depth; d++) {
      sum +=
        a[transposeA ? d * rows + i : i * depth + d]! *
        b[transposeB ? j * depth + d : d * columns + j]!;
    }
    return alpha * sum + (beta === 0 ? 0 : beta * old);
  });
  expectSums(found, expected, depth, what);
}
