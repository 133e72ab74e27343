import { bindBlas, type CblasSaxpy, type CblasSgemm } from './blas-binding.ts';
import type { BlasTrial } from './blas-cache.ts';
import { chooseBlas, type BlasOptions } from './choose-blas.ts';
import { isSame } from './kernel-sets.ts';
import { loadKoffi } from './koffi.ts';
import { withEnvironment } from './process-environment.ts';

/** A BLAS loaded into this process. */
export interface Blas {
  /** The library's file name, such as `libopenblas.so.0`. */
  readonly library: string;
  /** Its own description, such as `OpenBLAS 0.3.21`; empty if it has none. */
  readonly description: string;
  /** The kernel set it uses, such as `SkylakeX`; empty if it does not report it. */
  readonly kernels: string;
  readonly threads: number;
  /** Options that load exactly this again: its file, kernels and threads. */
  readonly options: Required<Pick<BlasOptions, 'library' | 'kernels' | 'threads'>>;
  readonly sgemm: CblasSgemm;
  /** Also on all threads; undefined if the library has no such function. */
  readonly saxpy: CblasSaxpy | undefined;
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
 * Loads the machine's fastest BLAS with right products, with its fastest kernels. Libraries and
 * kernels are tried once, in separate processes; the result is kept in the user's cache folder.
 */
export async function loadBlas(options: BlasOptions = {}): Promise<Blas | NoBlas> {
  const without = (reason: string, trials: readonly BlasTrial[] = []): NoBlas => ({
    reason,
    trials,
  });
  // Both claim to be Node, but start programs differently.
  const other = ['Deno', 'Bun'].find((name) => name in globalThis);
  if (other !== undefined) return without(`a native BLAS is used only in Node, not in ${other}`);
  const koffi = loadKoffi();
  if (typeof koffi === 'string') return without(koffi);
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
  return {
    library: library.name,
    description: blas.description,
    kernels: blas.kernels,
    threads: blas.threads,
    // A library that does not report its kernels is identified by the set's name.
    options: { library: library.path, kernels: blas.kernels || set.name, threads: blas.threads },
    sgemm: blas.call,
    saxpy: blas.axpy,
    trials,
  };
}

/** Whether these kernels are known to give right products. */
function isTried(trials: readonly BlasTrial[], library: string, kernels: string): boolean {
  return trials.some(
    ({ path, outcome }) => path === library && outcome.ok && outcome.kernels === kernels,
  );
}
