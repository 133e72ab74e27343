/**
 * What computes: tfjs's WebGPU backend with fused kernels, its wasm backend with products of a
 * native BLAS, the same with our own products, or plain JS.
 */
export type BackendName = 'webgpu' | 'wasm+blas' | 'wasm' | 'cpu';

/** How to choose. */
export interface BackendOptions {
  /**
   * Takes this one or fails; by default the environment variable DEEPBELIEF_BACKEND, else the
   * fastest that works.
   */
  readonly backend?: BackendName;
  /** Threads of the native BLAS; by default its own choice, one a core. */
  readonly threads?: number;
  /**
   * The file of the native BLAS; by default the environment variable DEEPBELIEF_BLAS, else the
   * fastest there is.
   */
  readonly library?: string;
  /**
   * The kernel set of the native BLAS, such as `SkylakeX` of OpenBLAS, `default` for what it takes
   * by itself; by default the environment variable DEEPBELIEF_BLAS_KERNELS, else the fastest whose
   * products are right.
   */
  readonly kernels?: string;
}

/** A backend that runs from now on, or the reason, a clause, why it does not. */
export type Outcome =
  | {
      readonly ok: true;
      readonly arithmetic: string;
      /** What makes it start in the same way again; none where its name is enough. */
      readonly options?: Omit<BackendOptions, 'backend'>;
    }
  | { readonly ok: false; readonly reason: string };

/** A way to compute that `useBackend` may try: one file each, `start-<name>.ts`. */
export interface BackendCandidate {
  readonly name: BackendName;
  /**
   * Sets the tfjs backend and registers its kernels; an error that it throws counts as the reason
   * why not.
   */
  start(options: BackendOptions): Promise<Outcome>;
}
