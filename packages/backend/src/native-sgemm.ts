import type { LibraryHandle } from 'koffi';
import type { Operand, Sgemm } from './sgemm.ts';
import { heapFloats, wasmBackend } from './wasm-heap.ts';

/** A BLAS that was loaded. */
export interface NativeBlas {
  /** The library's file name, such as `libopenblas.so.0`. */
  readonly library: string;
  /** What it says of itself: version, kernels, threads; empty where it cannot tell. */
  readonly description: string;
  readonly threads: number;
  readonly sgemm: Sgemm;
}

/** File names of BLAS libraries by platform, the faster first. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  linux: ['libopenblas.so.0', 'libmkl_rt.so.2', 'libmkl_rt.so', 'libblis.so.4', 'libblis.so.3', 'libopenblas.so'],
  darwin: ['/System/Library/Frameworks/Accelerate.framework/Accelerate'],
  win32: ['openblas.dll', 'libopenblas.dll', 'mkl_rt.2.dll'],
};

type NativeFunction = ReturnType<LibraryHandle['func']>;

const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;

/**
 * Loads the machine's BLAS through koffi, for products on views of tfjs's wasm heap.
 *
 * @param options.threads how many threads the BLAS may use (OpenBLAS); by default its own choice, one per core
 * @returns the library, or the reason why there is none, a sentence
 */
export async function loadNativeBlas(options: { readonly threads?: number } = {}): Promise<NativeBlas | string> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) return 'no native BLAS outside Node';
  let koffi: typeof import('koffi');
  try {
    koffi = await import('koffi');
  } catch {
    return 'the optional package koffi is not installed';
  }
  const names = LIBRARIES[process.platform] ?? [];
  for (const library of names) {
    let loaded: LibraryHandle;
    try {
      loaded = koffi.load(library);
    } catch {
      continue;
    }
    let call: NativeFunction;
    try {
      call = loaded.func(
        'void cblas_sgemm(int layout, int transA, int transB, int m, int n, int k, float alpha, void *a, int lda, void *b, int ldb, float beta, void *c, int ldc)',
      );
    } catch {
      continue;
    }
    if (options.threads !== undefined) optional(loaded, 'void openblas_set_num_threads(int n)')?.(options.threads);
    const description = String(optional(loaded, 'const char *openblas_get_config()')?.() ?? '').trim();
    const core = String(optional(loaded, 'const char *openblas_get_corename()')?.() ?? '');
    const threads = Number(optional(loaded, 'int openblas_get_num_threads()')?.() ?? 1);
    return { library, description: `${description} ${core}`.trim(), threads, sgemm: heapSgemm(call) };
  }
  return `none of ${names.join(', ')} could be loaded; on Debian: apt-get install libopenblas0`;
}

/** A function that not every BLAS has. */
function optional(library: LibraryHandle, signature: string): NativeFunction | undefined {
  try {
    return library.func(signature);
  } catch {
    return undefined;
  }
}

function heapSgemm(call: NativeFunction): Sgemm {
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

/** koffi passes a typed array as the address of its first element; its length does not matter to the callee. */
function view(offset: number): Float32Array {
  return heapFloats(offset, 1);
}

function isTransposed(operand: Operand): boolean {
  return operand.rowStride === 1 && operand.columnStride !== 1;
}

/** A matrix of a single row or column may have strides that BLAS refuses as too short for the extent along the other. */
function leadingDimension(operand: Operand, rows: number, columns: number): number {
  return isTransposed(operand) ? Math.max(operand.columnStride, rows) : Math.max(operand.rowStride, columns);
}

/** Whether products are right on the heap at hand: a small one, compared with sums in float64. */
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
