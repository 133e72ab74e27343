import { availableParallelism } from 'node:os';
import type { Koffi, NativeLibrary } from './koffi.ts';

/** `cblas_sgemm` with pointers as typed arrays; koffi passes the address of the first element. */
export type CblasSgemm = (
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

/** `cblas_saxpy`: y ← alpha x + y. */
export type CblasSaxpy = (
  n: number,
  alpha: number,
  x: Float32Array,
  strideX: number,
  y: Float32Array,
  strideY: number,
) => void;

export const ROW_MAJOR = 101;
export const NO_TRANSPOSE = 111;
export const TRANSPOSE = 112;

/** A BLAS loaded into this process. */
export interface BlasBinding {
  /** Its own name and version, such as `OpenBLAS 0.3.21`; empty if it does not report them. */
  readonly description: string;
  /** The kernel set it uses, such as `SkylakeX`; empty if it does not report it. */
  readonly kernels: string;
  readonly threads: number;
  readonly call: CblasSgemm;
  readonly axpy: CblasSaxpy | undefined;
}

/**
 * Loads a BLAS and sets its threads.
 *
 * @param threads default: its own choice, one per core. BLIS would use a single thread, so it is
 *   given one per core
 * @returns the BLAS, or a clause that says why it cannot be used
 */
export function bindBlas(koffi: Koffi, path: string, threads?: number): BlasBinding | string {
  let library: NativeLibrary;
  let call: CblasSgemm;
  try {
    keepLoaded(koffi, path);
    library = koffi.load(path);
  } catch (error) {
    return `cannot be loaded (${(error as Error).message})`;
  }
  try {
    call = library.func(
      'void cblas_sgemm(int layout, int transA, int transB, int m, int n, int k, float alpha, ' +
        'void *a, int lda, void *b, int ldb, float beta, void *c, int ldc)',
    );
  } catch {
    return 'has no cblas_sgemm';
  }
  const maker = MAKERS.find(({ sign }) => optional(library, sign) !== undefined);
  return {
    call,
    axpy: optional(
      library,
      'void cblas_saxpy(int n, float alpha, void *x, int incx, void *y, int incy)',
    ) as CblasSaxpy | undefined,
    ...(maker?.describe(library, threads) ?? {
      description: '',
      kernels: '',
      threads: threads ?? cores(),
    }),
  };
}

/**
 * koffi unloads libraries when the process ends, while threads still wait in them. Threads of
 * OpenMP, which BLIS and MKL use, then crash. Opening the libraries once more and marking them as
 * never to be unloaded keeps them loaded.
 */
function keepLoaded(koffi: Koffi, path: string): void {
  if (process.platform !== 'linux') return;
  const [lazy, noDelete] = [0x1, 0x1000];
  koffi.load(null).func('void *dlopen(const char *path, int flags)')(path, lazy | noDelete);
}

interface Maker {
  /** A function that only this BLAS has. */
  readonly sign: string;
  describe(library: NativeLibrary, threads: number | undefined): Omit<BlasBinding, 'call' | 'axpy'>;
}

const MAKERS: readonly Maker[] = [
  {
    sign: 'const char *openblas_get_config()',
    describe(library, threads) {
      if (threads !== undefined)
        optional(library, 'void openblas_set_num_threads(int n)')?.(threads);
      const config = String(optional(library, 'const char *openblas_get_config()')?.() ?? '');
      return {
        description: config.trim().split(/\s+/).slice(0, 2).join(' '),
        kernels: String(optional(library, 'const char *openblas_get_corename()')?.() ?? ''),
        threads: Number(optional(library, 'int openblas_get_num_threads()')?.() ?? 1),
      };
    },
  },
  {
    sign: 'const char *bli_info_get_version_str()',
    describe(library, threads = cores()) {
      optional(library, 'void bli_thread_set_num_threads(int64 n)')?.(threads);
      const id = Number(optional(library, 'int bli_arch_query_id()')?.() ?? -1);
      return {
        description:
          'BLIS ' + String(optional(library, 'const char *bli_info_get_version_str()')?.() ?? ''),
        kernels:
          id < 0
            ? ''
            : String(optional(library, 'const char *bli_arch_string(int id)')?.(id) ?? ''),
        threads: Number(optional(library, 'int64 bli_thread_get_num_threads()')?.() ?? 1),
      };
    },
  },
  {
    sign: 'void MKL_Set_Num_Threads(int n)',
    describe(library, threads) {
      if (threads !== undefined) optional(library, 'void MKL_Set_Num_Threads(int n)')?.(threads);
      const text = new Uint8Array(200);
      optional(library, 'void mkl_get_version_string(void *text, int length)')?.(text, text.length);
      const found = /Version (\S+).*for (.+?)\s*applications/.exec(String.fromCharCode(...text));
      return {
        description: `MKL ${found?.[1] ?? ''}`.trim(),
        kernels: '',
        threads: Number(optional(library, 'int MKL_Get_Max_Threads()')?.() ?? 1),
      };
    },
  },
];

/** A function that may be missing from a BLAS. */
function optional(
  library: NativeLibrary,
  signature: string,
): ReturnType<NativeLibrary['func']> | undefined {
  try {
    return library.func(signature);
  } catch {
    return undefined;
  }
}

function cores(): number {
  return availableParallelism();
}
