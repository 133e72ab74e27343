import type { RandomKey } from '@deepbelief/random';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** Some examples of a dataset. The receiver calls `dispose` when done. */
export interface Minibatch {
  /** float32, shape [examples, values per example]. */
  readonly inputs: Tensor2D;
  /** int32 class numbers, shape [examples]; only if the dataset has labels. */
  readonly labels?: Tensor1D;
  /**
   * float32 of the inputs' shape: 1 where a value is known, 0 where it is missing; only if the
   * dataset has gaps. The inputs there are finite numbers that mean nothing.
   */
  readonly observed?: Tensor2D;
  dispose(): void;
}

/** Options for going through a dataset once. */
export interface BatchOptions {
  /** Examples per minibatch, 1 or more; the last minibatch holds the rest. */
  readonly size: number;
  /** Shuffles with this key; without it, examples come in their own order. */
  readonly key?: RandomKey;
  /** Starts at this minibatch, as if the earlier ones had been taken, to resume a stopped run. */
  readonly start?: number;
}

/** Examples that are read one minibatch at a time. They may be larger than memory. */
export interface Dataset {
  /** Its name in messages and reports: `mnist train`. */
  readonly name: string;
  /** Shape of one example, such as [28, 28] or [32, 32, 3]: height, width, channels. */
  readonly shape: readonly number[];
  /** Number of examples. */
  readonly size: number;
  /** Number of classes; absent if there are no labels. */
  readonly classes?: number;
  /** All minibatches, once. The same options give the same minibatches. */
  batches(options: BatchOptions): AsyncIterable<Minibatch>;
}

/** A dataset whose examples can be read by number, in any order. Subsets and splits need this. */
export interface IndexedDataset extends Dataset {
  /** Class number of every example, if there are labels. */
  readonly labels?: Int32Array;
  /**
   * Returns inputs of some examples, float32 [indices.length, values per example]. The caller
   * disposes of them.
   */
  inputsAt(indices: Uint32Array): Promise<Tensor2D>;
  /**
   * Returns the same values as numbers, row after row, if they can be had without a tensor. Views
   * (`pairDataset`) start from numbers.
   */
  valuesAt?(indices: Uint32Array): Promise<Float32Array>;
  /**
   * Returns which values of some examples are known, row after row: 1, or 0 for a gap. Only if the
   * dataset has gaps.
   */
  observedAt?(indices: Uint32Array): Promise<Uint8Array>;
}
