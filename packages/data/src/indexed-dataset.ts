import {
  argumentError,
  checkBackend,
  aFunction,
  aList,
  anything,
  checkOptions,
  oneOf,
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
  /** `nan` if NaN stands for a value that is missing in what `valuesAt` reads. */
  readonly missing?: 'nan';
  /** Without `missing`: which values are known, row after row: 1, or 0 for a gap. Default: all. */
  readonly observedAt?: (indices: Uint32Array) => Uint8Array | Promise<Uint8Array>;
}

/**
 * Makes a dataset from a function that reads examples by number. It adds minibatches, shuffles,
 * `start` and labels.
 *
 * @throws RangeError if shape, size, labels or classes do not fit together, not exactly one of
 *   `inputsAt` and `valuesAt` is given, or `missing` is not given with `valuesAt` alone. Reading
 *   throws one for an index out of range, and an Error if the function returns another shape than
 *   promised
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
    missing: oneOf(['nan']),
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
  const hasNaN = options.missing !== undefined;
  if (hasNaN && (options.valuesAt === undefined || options.observedAt !== undefined)) {
    throw argumentError(
      `${name}: missing is ${shown(options.missing)} beside other functions, expected ` +
        'valuesAt alone',
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

  /** Returns what a function of the options reads, if it has the promised kind and length. */
  async function rowsOf<Numbers extends Float32Array | Uint8Array>(
    what: 'valuesAt' | 'observedAt',
    Kind: new (length: number) => Numbers,
    indices: Uint32Array,
  ): Promise<Numbers> {
    checkIndices(indices);
    const found: unknown = await options[what]!(indices);
    const length = indices.length * values;
    if (found instanceof Kind && found.length === length) return found;
    const returned = found instanceof Kind ? `${found.length} values` : shown(found);
    throw new Error(
      `${name}: ${what} returned ${returned} for ${indices.length} examples, expected a ` +
        `${Kind.name} of ${length} values`,
    );
  }

  async function inputsAt(indices: Uint32Array): Promise<Tensor2D> {
    if (options.inputsAt === undefined) return asInputs(await valuesAt(indices), indices);
    checkIndices(indices);
    return floatInputs(name, await options.inputsAt(indices), indices.length, values);
  }

  async function valuesAt(indices: Uint32Array): Promise<Float32Array> {
    const found = await rowsOf('valuesAt', Float32Array, indices);
    return hasNaN ? withoutNaN(found) : found;
  }

  async function observedAt(indices: Uint32Array): Promise<Uint8Array> {
    return hasNaN
      ? Uint8Array.from(await rowsOf('valuesAt', Float32Array, indices), isKnown)
      : rowsOf('observedAt', Uint8Array, indices);
  }

  function asInputs(numbers: Float32Array, { length }: Uint32Array): Tensor2D {
    return tensor2d(numbers, [length, values], 'float32');
  }

  /** Reads inputs and, if there may be gaps, which of them are known; each is read once. */
  async function inputsAndObserved(
    indices: Uint32Array,
  ): Promise<readonly [inputs: Tensor2D, observed?: Tensor2D]> {
    if (hasNaN) {
      const found = await rowsOf('valuesAt', Float32Array, indices);
      return [asInputs(withoutNaN(found), indices), asInputs(found.map(isKnown), indices)];
    }
    if (options.observedAt === undefined) return [await inputsAt(indices)];
    const observed = Float32Array.from(await observedAt(indices));
    return [await inputsAt(indices), asInputs(observed, indices)];
  }

  async function* read(batches: Iterable<Uint32Array>): AsyncGenerator<Minibatch, void, undefined> {
    checkBackend(options.name);
    for (const indices of batches) {
      const [inputs, observed] = await inputsAndObserved(indices);
      const labels = labeled && Int32Array.from(indices, (index) => labeled.labels[index]!);
      yield minibatch(inputs, labels && tensor1d(labels, 'int32'), observed);
    }
  }

  return {
    name,
    shape: [...options.shape],
    size,
    ...labeled,
    inputsAt,
    ...(options.valuesAt && { valuesAt }),
    ...((hasNaN || options.observedAt) && { observedAt }),
    batches: (batchOptions: BatchOptions) =>
      read(batchIndices(size, batchOptions, `${name}: batches`)),
  };
}

function withoutNaN(numbers: Float32Array): Float32Array {
  return numbers.map((value) => (Number.isNaN(value) ? 0 : value));
}

/** 1 for a number, 0 for NaN. */
function isKnown(value: number): number {
  return Number.isNaN(value) ? 0 : 1;
}
