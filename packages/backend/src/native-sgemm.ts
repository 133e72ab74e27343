import { aText, checkOptions, wholeNumber, type OptionRule } from '@deepbelief/checks';
import { importInNode, whyNotImported } from './import-in-node.ts';
import { isNode } from './is-node.ts';
import type { Axpy, Operand, Sgemm } from './sgemm.ts';
import { heapFloats } from './wasm-heap.ts';

/** Which BLAS to load, and how. */
export interface BlasOptions {
  /** How many threads the BLAS may use. Default: its own choice, one per core. */
  readonly threads?: number;
  /** The library file to use. Default: DEEPBELIEF_BLAS, or else the fastest one on the system. */
  readonly library?: string;
  /**
   * The kernel set to use, such as `SkylakeX` for OpenBLAS, or `default` for the library's own
   * choice. Default: DEEPBELIEF_BLAS_KERNELS, or else the fastest one with right products.
   */
  readonly kernels?: string;
}

/** What each option of a BLAS may be. */
export const blasOptionRules: Readonly<Record<keyof BlasOptions, OptionRule>> = {
  threads: wholeNumber(1, Number.MAX_SAFE_INTEGER, true),
  library: aText,
  kernels: aText,
};

/** What identifies a loaded BLAS. */
export interface BlasIdentity {
  /** The library's file name, such as `libopenblas.so.0`. */
  readonly library: string;
  /** Its own description, such as `OpenBLAS 0.3.21`; empty if it has none. */
  readonly description: string;
  /** The kernel set it uses, such as `SkylakeX`; empty if it does not report it. */
  readonly kernels: string;
  readonly threads: number;
  /** Options that load exactly this again: its file, kernels and threads. */
  readonly options: Required<BlasOptions>;
}

/** A loaded BLAS that computes on tfjs's wasm heap. */
export interface NativeBlas extends BlasIdentity {
  readonly sgemm: Sgemm;
  /** Also on all threads; undefined if the library has no such function. */
  readonly axpy?: Axpy | undefined;
}

/** Why there is no BLAS. */
export interface NoBlas {
  /** A clause. */
  readonly reason: string;
}

/**
 * What this package needs from @deepbelief/blas. Its own types are not imported, because it is
 * installed only if somebody wants a BLAS.
 */
export interface BlasPackage {
  readonly ROW_MAJOR: number;
  readonly NO_TRANSPOSE: number;
  readonly TRANSPOSE: number;
  readonly loadBlas: (options: BlasOptions) => Promise<CblasBlas | NoBlas>;
}

interface CblasBlas extends BlasIdentity {
  readonly sgemm: (
    layout: number,
    transA: number,
    transB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Float32Array,
    lda: number,
    b: Float32Array,
    ldb: number,
    beta: number,
    c: Float32Array,
    ldc: number,
  ) => void;
  readonly saxpy:
    | ((
        n: number,
        alpha: number,
        x: Float32Array,
        strideX: number,
        y: Float32Array,
        strideY: number,
      ) => void)
    | undefined;
}

const NAME = '@deepbelief/blas';

/**
 * Loads the machine's fastest BLAS with right products, with its fastest kernels, if
 * `@deepbelief/blas` is installed. Products run on views of tfjs's wasm heap.
 *
 * @throws RangeError for an option that is unknown or out of range
 */
export async function loadNativeBlas(options: BlasOptions = {}): Promise<NativeBlas | NoBlas> {
  checkOptions('loadNativeBlas', options, blasOptionRules);
  if (!isNode()) return { reason: 'a native BLAS is used only in Node' };
  let blas: BlasPackage;
  try {
    blas = await importInNode<BlasPackage>(NAME);
  } catch (error) {
    return { reason: whyNotImported(error, NAME, 'the native BLAS') };
  }
  const loaded = await blas.loadBlas(options);
  if ('reason' in loaded) return { reason: loaded.reason };
  const { library, description, kernels, threads, options: again } = loaded;
  return {
    library,
    description,
    kernels,
    threads,
    options: again,
    sgemm: heapSgemm(blas, loaded),
    axpy: loaded.saxpy && heapAxpy(loaded.saxpy),
  };
}

function heapSgemm(
  { ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE }: BlasPackage,
  { sgemm }: CblasBlas,
): Sgemm {
  return ({ rows, columns, depth, alpha, a, b, beta, c }) => {
    sgemm(
      ROW_MAJOR,
      isTransposed(a) ? TRANSPOSE : NO_TRANSPOSE,
      isTransposed(b) ? TRANSPOSE : NO_TRANSPOSE,
      rows,
      columns,
      depth,
      alpha,
      view(a.offset),
      leadingDimension(a, rows, depth),
      view(b.offset),
      leadingDimension(b, depth, columns),
      beta,
      view(c),
      columns,
    );
  };
}

function heapAxpy(saxpy: NonNullable<CblasBlas['saxpy']>): Axpy {
  return (count, alpha, x, y) => saxpy(count, alpha, view(x), 1, view(y), 1);
}

/**
 * The BLAS gets a typed array as the address of its first element, and ignores the array's length.
 */
function view(offset: number): Float32Array {
  return heapFloats(offset, 1);
}

function isTransposed(operand: Operand): boolean {
  return operand.rowStride === 1 && operand.columnStride !== 1;
}

/**
 * A matrix with a single row or column may have strides that BLAS refuses as too short for the
 * other extent.
 */
function leadingDimension(operand: Operand, rows: number, columns: number): number {
  return isTransposed(operand)
    ? Math.max(operand.columnStride, rows)
    : Math.max(operand.rowStride, columns);
}
