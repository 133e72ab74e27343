import {
  bindBlas,
  NO_TRANSPOSE,
  ROW_MAJOR,
  TRANSPOSE,
  type CblasSaxpy,
  type CblasSgemm,
  type Koffi,
} from './blas-binding.ts';
import type { BlasTrial } from './blas-cache.ts';
import { chooseBlas, type BlasOptions } from './choose-blas.ts';
import { isSame } from './kernel-sets.ts';
import { withEnvironment } from './process-environment.ts';
import type { Axpy, Operand, Sgemm } from './sgemm.ts';
import { heapFloats } from './wasm-heap.ts';

/** A loaded BLAS. */
export interface NativeBlas {
  /** The library's file name, such as `libopenblas.so.0`. */
  readonly library: string;
  /** Its own description, such as `OpenBLAS 0.3.21`; empty if it has none. */
  readonly description: string;
  /** The kernel set it uses, such as `SkylakeX`; empty if it does not report it. */
  readonly kernels: string;
  readonly threads: number;
  /** Options that load exactly this again: its file, kernels and threads. */
  readonly options: Required<Pick<BlasOptions, 'library' | 'kernels' | 'threads'>>;
  readonly sgemm: Sgemm;
  /** On all threads too; undefined if the library has no such function. */
  readonly axpy?: Axpy | undefined;
  /** The tried libraries and kernel sets, with their speeds. */
  readonly trials: readonly BlasTrial[];
}

/** Why there is no BLAS, and what was tried. */
export interface NoBlas {
  /** A clause. */
  readonly reason: string;
  readonly trials: readonly BlasTrial[];
}

/**
 * Loads the machine's fastest BLAS with right products, with its fastest kernels, through koffi.
 * Products run on views of tfjs's wasm heap. Libraries and kernels are tried once, in separate
 * processes; the result is kept in the user's cache folder.
 */
export async function loadNativeBlas(options: BlasOptions = {}): Promise<NativeBlas | NoBlas> {
  const without = (reason: string, trials: readonly BlasTrial[] = []): NoBlas => ({
    reason,
    trials,
  });
  if (typeof process === 'undefined' || process.versions?.node === undefined) {
    return without('no native BLAS outside Node');
  }
  let koffi: Koffi;
  try {
    koffi = await import('koffi');
  } catch {
    return without('the optional package koffi is not installed (npm install koffi)');
  }
  const chosen = await chooseBlas(options);
  if ('reason' in chosen) return chosen;
  const { library, set, kernels, trials } = chosen;
  const { threads } = options;
  const accelerate = library.name === 'Accelerate' && threads !== undefined;
  const variables = {
    ...set.variables,
    ...(accelerate ? { VECLIB_MAXIMUM_THREADS: String(threads) } : {}),
  };
  const blas = withEnvironment(koffi, variables, () => bindBlas(koffi, library.path, threads));
  if (typeof blas === 'string') return without(`${library.name} ${blas}`, trials);
  if (!isSame(blas.kernels, kernels) && !isTried(trials, library.path, blas.kernels)) {
    const loaded = `${library.name} was loaded before in this process, with ${blas.kernels} kernels`;
    return without(`${loaded}, which were not tried; start a new process for ${kernels}`, trials);
  }
  const { description } = blas;
  return {
    library: library.name,
    description,
    kernels: blas.kernels,
    threads: blas.threads,
    // A library that does not report its kernels is identified by the set's name.
    options: { library: library.path, kernels: blas.kernels || set.name, threads: blas.threads },
    sgemm: heapSgemm(blas.call),
    axpy: blas.axpy && heapAxpy(blas.axpy),
    trials,
  };
}

/** Whether these kernels are known to give right products. */
function isTried(trials: readonly BlasTrial[], library: string, kernels: string): boolean {
  return trials.some(
    ({ path, outcome }) => path === library && outcome.ok && outcome.kernels === kernels,
  );
}

function heapSgemm(call: CblasSgemm): Sgemm {
  return ({ rows, columns, depth, alpha, a, b, beta, c }) => {
    call(
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

function heapAxpy(call: CblasSaxpy): Axpy {
  return (count, alpha, x, y) => call(count, alpha, view(x), 1, view(y), 1);
}

/**
 * koffi passes a typed array as the address of its first element; the callee ignores its length.
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
