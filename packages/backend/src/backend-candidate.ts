import type { WasmPaths } from './wasm-files.ts';

/**
 * The ways to compute: tfjs's WebGPU backend with fused kernels, its wasm backend with a native
 * BLAS or with our own products, or plain JavaScript.
 */
export type BackendName = 'webgpu' | 'wasm+blas' | 'wasm' | 'cpu';

/** Options that select a backend: plain data, to keep with results. */
export interface BackendOptions {
  /**
   * Uses this one or fails. Default: the environment variable DEEPBELIEF_BACKEND, or else the
   * fastest that works.
   */
  readonly backend?: BackendName;
  /** Threads of the native BLAS. Default: its own choice, one per core. */
  readonly threads?: number;
  /**
   * The file of the native BLAS. Default: the environment variable DEEPBELIEF_BLAS, or else the
   * fastest one.
   */
  readonly library?: string;
  /**
   * The kernel set of the native BLAS, such as `SkylakeX` for OpenBLAS, or `default` for its own
   * choice. Default: the environment variable DEEPBELIEF_BLAS_KERNELS, or else the fastest one with
   * right products.
   */
  readonly kernels?: string;
}

/** Options of `useBackend`: which backend, and what a page provides. */
export interface UseBackendOptions extends BackendOptions {
  /**
   * Where tfjs's wasm files are: the address of a folder, ending in a slash, or the address of each
   * file by its name. Default: the file in this package; in Node, tfjs's own.
   */
  readonly wasmPaths?: WasmPaths;
  /**
   * In a page: `webgpu` of `@deepbelief/backend/webgpu`, so that the GPU can be used. Later calls
   * remember it. Node finds it by itself.
   */
  readonly webgpu?: BackendCandidate;
}

/** A backend that is now in use, or the reason (a clause) why it is not. */
export type Outcome =
  | {
      readonly ok: true;
      readonly arithmetic: string;
      /** Options that start it the same way again; none if its name is enough. */
      readonly options?: Omit<BackendOptions, 'backend'>;
    }
  | { readonly ok: false; readonly reason: string };

/** A way to compute that `useBackend` may try: one file each, `start-<name>.ts`. */
export interface BackendCandidate {
  readonly name: BackendName;
  /**
   * Sets the tfjs backend and registers its kernels. An error it throws counts as the reason why
   * not.
   */
  start(options: UseBackendOptions): Promise<Outcome>;
}
