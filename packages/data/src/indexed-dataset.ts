import {
  argumentError,
  aFunction,
  aList,
  anything,
  checkOptions,
  required,
  shown,
  aText,
} from '@deepbelief/checks';
import { tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
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
  readonly inputsAt?: (indices: Uint32Array) => Tensor2D | Promise<Tensor2D>;
  /** Instead of `inputsAt`: reads the same as numbers, row after row. */
  readonly valuesAt?: (indices: Uint32Array) => Float32Array | Promise<Float32Array>;
  /** Which of these values are known, row after row: 1, or 0 for a gap. Default: all. */
  readonly observedAt?: (indices: Uint32Array) => Uint8Array | Promise<Uint8Array>;
}

/**
 * Makes a dataset from a function that reads examples by number. It adds minibatches, shuffles,
 * `start` and labels.
 *
 * @throws RangeError if shape, size, labels or classes do not fit together, or not exactly one of
 *   `inputsAt` and `valuesAt` is given. Reading throws one for an index out of range, and an Error
 *   if the function returns another shape than promised
 */
export function indexedDataset(options: IndexedDatasetOptions): IndexedDataset {
  checkOptions('indexedDataset', options, {
    name: required(aText),
    shape: required(aList),
    size: anything,
    labels: anything,
    classes: anything,
    inputsAt: aFunction,
    valuesAt: aFunction,
    observedAt: aFunction,
  });
  const { name, size, classes } = options;
  if ((options.inputsAt === undefined) === (options.valuesAt === undefined)) {
    const found = options.inputsAt === undefined ? 'neither' : 'both';
    throw argumentError(
      `${name}: ${found} of inputsAt and valuesAt ${found === 'both' ? 'are' : 'is'} given, ` +
        'expected one function that reads examples',
    );
  }
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

  function checkIndices(indices: Uint32Array): void {
    const outside = indices.find(
      (index) => !(Number.isInteger(index) && index >= 0 && index < size),
    );
    if (outside !== undefined) {
      throw argumentError(`${name}: example ${outside} was requested, expected 0 to ${size - 1}`);
    }
  }

  async function inputsAt(indices: Uint32Array): Promise<Tensor2D> {
    if (options.inputsAt === undefined)
      return tensor2d(await valuesAt(indices), [indices.length, values], 'float32');
    checkIndices(indices);
    return floatInputs(name, await options.inputsAt(indices), indices.length, values);
  }

  async function valuesAt(indices: Uint32Array): Promise<Float32Array> {
    checkIndices(indices);
    const found = await options.valuesAt!(indices);
    if (found instanceof Float32Array && found.length === indices.length * values) return found;
    throw new Error(
      `${name}: valuesAt returned ${describe(found)} for ${indices.length} examples, ` +
        `expected a Float32Array of ${indices.length * values} values`,
    );
  }

  async function observedAt(indices: Uint32Array): Promise<Uint8Array> {
    checkIndices(indices);
    const found = await options.observedAt!(indices);
    if (found instanceof Uint8Array && found.length === indices.length * values) return found;
    const length = found instanceof Uint8Array ? `${found.length} values` : shown(found);
    throw new Error(
      `${name}: observedAt returned ${length} for ${indices.length} examples, ` +
        `expected a Uint8Array of ${indices.length * values} values`,
    );
  }

  async function* read(batches: Iterable<Uint32Array>): AsyncGenerator<Minibatch, void, undefined> {
    for (const indices of batches) {
      const observed = options.observedAt && (await observedAt(indices));
      const inputs = await inputsAt(indices);
      const labels = labeled && Int32Array.from(indices, (index) => labeled.labels[index]!);
      yield minibatch(
        inputs,
        labels && tensor1d(labels, 'int32'),
        observed && tensor2d(Float32Array.from(observed), [indices.length, values]),
      );
    }
  }

  return {
    name,
    shape: [...options.shape],
    size,
    ...labeled,
    inputsAt,
    ...(options.valuesAt && { valuesAt }),
    ...(options.observedAt && { observedAt }),
    batches: (batchOptions: BatchOptions) =>
      read(batchIndices(size, batchOptions, `${name}: batches`)),
  };
}

function describe(found: unknown): string {
  return found instanceof Float32Array ? `${found.length} values` : shown(found);
}
