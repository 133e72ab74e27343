import {
  argumentError,
  aFunction,
  aList,
  anything,
  checkOptions,
  required,
  aText,
} from '@deepbelief/checks';
import { tensor1d, type Tensor2D } from '@tensorflow/tfjs-core';
import { batchIndices } from './batch-indices.ts';
import { checkLabels } from './check-labels.ts';
import { floatInputs } from './checked-minibatch.ts';
import type { BatchOptions, IndexedDataset, Minibatch } from './dataset.ts';
import { minibatch } from './minibatch.ts';
import { valueCount } from './value-count.ts';

/** Options of `indexedDataset`. */
export interface IndexedDatasetOptions {
  readonly name: string;
  /** Shape of one example. */
  readonly shape: readonly number[];
  /** Number of examples, 1 or more. */
  readonly size: number;
  /** Class number of every example. */
  readonly labels?: ArrayLike<number | bigint>;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
  /**
   * Reads these examples: [indices.length, values], where row i is example indices[i]. Integers and
   * booleans become float32.
   */
  readonly inputsAt: (indices: Uint32Array) => Tensor2D | Promise<Tensor2D>;
}

/**
 * Makes a dataset from a function that reads examples by number. It adds minibatches, shuffles,
 * `start` and labels.
 *
 * @throws RangeError if shape, size, labels or classes do not fit together. `inputsAt` throws one
 *   for an index out of range, and an Error if the function returns another shape than promised
 */
export function indexedDataset(options: IndexedDatasetOptions): IndexedDataset {
  checkOptions('indexedDataset', options, {
    name: required(aText),
    shape: required(aList),
    size: anything,
    labels: anything,
    classes: anything,
    inputsAt: required(aFunction),
  });
  const { name, size, classes } = options;
  const values = valueCount(options.shape, name);
  if (!Number.isSafeInteger(size) || size < 1 || size > 2 ** 32) {
    throw argumentError(
      `${name}: size is ${size}, expected a whole number of examples from 1 to 2^32`,
    );
  }
  if (classes !== undefined && options.labels === undefined) {
    throw argumentError(
      `${name}: classes is ${classes} but there are no labels, expected both or neither`,
    );
  }
  const labeled = options.labels && checkLabels(options.labels, size, classes, name);

  async function inputsAt(indices: Uint32Array): Promise<Tensor2D> {
    const outside = indices.find(
      (index) => !(Number.isInteger(index) && index >= 0 && index < size),
    );
    if (outside !== undefined) {
      throw argumentError(`${name}: example ${outside} was requested, expected 0 to ${size - 1}`);
    }
    return floatInputs(name, await options.inputsAt(indices), indices.length, values);
  }

  async function* read(batches: Iterable<Uint32Array>): AsyncGenerator<Minibatch, void, undefined> {
    for (const indices of batches) {
      const inputs = await inputsAt(indices);
      const labels = labeled && Int32Array.from(indices, (index) => labeled.labels[index]!);
      yield minibatch(inputs, labels && tensor1d(labels, 'int32'));
    }
  }

  return {
    name,
    shape: [...options.shape],
    size,
    ...labeled,
    inputsAt,
    batches: (batchOptions: BatchOptions) =>
      read(batchIndices(size, batchOptions, `${name}: batches`)),
  };
}
