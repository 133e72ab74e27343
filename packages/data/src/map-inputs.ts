import { argumentError, shown } from '@deepbelief/checks';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkBatchOptions } from './batch-rules.ts';
import { checkedMinibatch, floatInputs } from './checked-minibatch.ts';
import type { BatchOptions, Dataset, IndexedDataset, Minibatch } from './dataset.ts';
import { indexedDataset } from './indexed-dataset.ts';
import { minibatch } from './minibatch.ts';
import { valueCount } from './value-count.ts';

/**
 * A function of whole minibatches: float32 [examples, values] to [examples, new values], row by
 * row. Integers and booleans, such as results of `greater`, become float32.
 */
export type InputsFunction = (inputs: Tensor2D) => Tensor2D;

/**
 * Returns the dataset with `fn` applied to its inputs, one minibatch at a time, whenever they are
 * read. Labels stay.
 *
 * @param name the new dataset's name
 * @param shape the new shape of one example
 * @param fn runs in tf.tidy; must not depend on which examples share a minibatch. If the dataset
 *   has gaps, which stay where they are, it must return the same number of values, each computed
 *   from its own
 * @throws RangeError for an invalid shape. Reading throws an Error if `fn` returns another shape,
 *   and a RangeError if a user's own dataset gives labels outside its classes
 */
export function mapInputs(
  dataset: IndexedDataset,
  name: string,
  shape: readonly number[],
  fn: InputsFunction,
): IndexedDataset;
export function mapInputs(
  dataset: Dataset,
  name: string,
  shape: readonly number[],
  fn: InputsFunction,
): Dataset;
export function mapInputs(
  dataset: Dataset,
  name: string,
  shape: readonly number[],
  fn: InputsFunction,
): Dataset {
  if (typeof fn !== 'function')
    throw argumentError(`mapInputs: fn is ${shown(fn)}, expected a function`);
  const values = valueCount(shape, name);
  const sourceValues = valueCount(dataset.shape, dataset.name);
  const { size, classes } = dataset;
  if (isIndexed(dataset)) {
    return indexedDataset({
      name,
      shape,
      size,
      ...(dataset.labels && { labels: dataset.labels }),
      ...(classes !== undefined && { classes }),
      inputsAt: async (indices) =>
        applyTo(
          floatInputs(dataset.name, await dataset.inputsAt(indices), indices.length, sourceValues),
          fn,
        ),
      ...(dataset.observedAt && {
        observedAt: (indices) => dataset.observedAt!(indices),
      }),
    });
  }
  async function* read(
    batches: AsyncIterable<Minibatch>,
  ): AsyncGenerator<Minibatch, void, undefined> {
    for await (const batch of batches)
      yield mapMinibatch(await checkedMinibatch(batch, dataset), fn, values, name);
  }
  return {
    name,
    shape: [...shape],
    size,
    ...(classes !== undefined && { classes }),
    batches: (options: BatchOptions) => {
      checkBatchOptions(size, options, `${name}: batches`);
      return read(dataset.batches(options));
    },
  };
}

function isIndexed(dataset: Dataset): dataset is IndexedDataset {
  return 'inputsAt' in dataset;
}

/** Returns the function's value; disposes of its argument unless it is the value. */
function applyTo(inputs: Tensor2D, fn: InputsFunction): Tensor2D {
  let mapped: Tensor2D | undefined;
  try {
    mapped = tidy(() => fn(inputs));
    return mapped;
  } finally {
    if (mapped !== inputs) inputs.dispose();
  }
}

function mapMinibatch(
  batch: Minibatch,
  fn: InputsFunction,
  values: number,
  name: string,
): Minibatch {
  const examples = batch.inputs.shape[0];
  try {
    const { labels, observed } = batch;
    const inputs = floatInputs(name, applyTo(batch.inputs, fn), examples, values);
    return minibatch(inputs, labels, observed);
  } catch (error) {
    batch.labels?.dispose();
    batch.observed?.dispose();
    throw error;
  }
}
