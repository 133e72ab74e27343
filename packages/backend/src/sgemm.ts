/**
 * A matrix in memory: a byte offset, and the distances in floats between neighbors down and across.
 */
export interface Operand {
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * C[rows, columns] = alpha · A[rows, depth] · B[depth, columns] + beta · C, with C row-major and
 * without gaps.
 */
export interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly alpha: number;
  readonly a: Operand;
  readonly b: Operand;
  readonly beta: number;
  /** Byte offset of C. */
  readonly c: number;
}

/** Computes a product on offsets of tfjs's wasm heap. */
export type Sgemm = (product: Product) => void;

/** y[count] ← alpha · x + y, on byte offsets of tfjs's wasm heap. */
export type Axpy = (count: number, alpha: number, x: number, y: number) => void;

/** The operand of a row-major matrix [rows, columns] at `offset`, or of its transpose. */
export function rowMajor(offset: number, columns: number, transposed = false): Operand {
  return transposed
    ? { offset, rowStride: 1, columnStride: columns }
    : { offset, rowStride: columns, columnStride: 1 };
}
