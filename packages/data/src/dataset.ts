import type { RandomKey } from '@deepbelief/random';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** Some examples of a dataset. Whoever receives it calls `dispose` when done. */
export interface Minibatch {
  /** float32, shape [examples, values per example]. */
  readonly inputs: Tensor2D;
  /** int32 class numbers, shape [examples]; only where the dataset has labels. */
  readonly labels?: Tensor1D;
  dispose(): void;
}

/** How to go through a dataset once. */
export interface BatchOptions {
  /** Examples a minibatch, 1 or more; the last one holds what is left. */
  readonly size: number;
  /** Shuffles with this key's numbers; without it, examples come in their own order. */
  readonly key?: RandomKey;
  /**
   * Starts at this minibatch, as if the earlier ones had been taken: for going on where a run was
   * stopped.
   */
  readonly start?: number;
}

/** Examples that are read a minibatch at a time; they may be larger than memory. */
export interface Dataset {
  /** What it is, for messages and reports: `mnist train`. */
  readonly name: string;
  /** Shape of one example, such as [28, 28] or [32, 32, 3]: height, width, channels. */
  readonly shape: readonly number[];
  /** Number of examples. */
  readonly size: number;
  /** Number of classes; absent when there are no labels. */
  readonly classes?: number;
  /** All minibatches, once. The same options give the same minibatches. */
  batches(options: BatchOptions): AsyncIterable<Minibatch>;
}

/**
 * A dataset whose examples can be had by their numbers, in any order: what subsets and splits are
 * made from.
 */
export interface IndexedDataset extends Dataset {
  /** Class number of every example, where there are labels. */
  readonly labels?: Int32Array;
  /**
   * Inputs of some examples, float32 [indices.length, values per example]; the caller disposes of
   * them.
   */
  inputsAt(indices: Uint32Array): Promise<Tensor2D>;
}
