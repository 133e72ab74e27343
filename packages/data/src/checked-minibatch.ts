import { argumentError, checkTensor, classNumbers } from '@deepbelief/checks';
import { cast, tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Dataset, Minibatch } from './dataset.ts';
import { minibatch } from './minibatch.ts';
import { valueCount } from './value-count.ts';

/**
 * Turns inputs into those of a minibatch: float32 of the promised shape. It takes ownership of the
 * tensor: it casts integers and booleans to a new one, and disposes of a tensor that does not fit.
 * (A backend would read the bits of integers as floats.)
 *
 * @param name the dataset's name, for errors
 * @param rows number of examples; undefined if any number from 1 is right
 * @param values values per example
 * @throws RangeError for anything but a tensor or for another dtype, Error for another shape
 */
export function floatInputs(
  name: string,
  inputs: Tensor2D,
  rows: number | undefined,
  values: number,
): Tensor2D {
  checkTensor(name, 'what was read', inputs);
  const { shape, dtype } = inputs;
  const fits =
    shape.length === 2 && shape[0] > 0 && shape[0] === (rows ?? shape[0]) && shape[1] === values;
  if (fits && dtype === 'float32') return inputs;
  try {
    if (!fits) {
      const expected = `[${rows ?? '1 or more'}, ${values}]`;
      throw new Error(`${name}: inputs have shape [${shape.join(', ')}], expected ${expected}`);
    }
    if (dtype === 'int32' || dtype === 'bool') return cast(inputs, 'float32');
    throw argumentError(`${name}: inputs are ${dtype}, expected float32, int32 or bool`);
  } finally {
    inputs.dispose();
  }
}

/**
 * Checks a minibatch from a user's own dataset, which may be anything. The result is what datasets
 * promise: float32 inputs of the dataset's shape and, if there are classes, a label in range for
 * each example. Takes ownership of the tensors.
 *
 * @throws RangeError or Error if it does not fit; its tensors are then disposed
 */
export async function checkedMinibatch(batch: Minibatch, dataset: Dataset): Promise<Minibatch> {
  const { name, classes } = dataset;
  let { inputs, labels, observed } = batch;
  try {
    inputs = floatInputs(name, inputs, undefined, valueCount(dataset.shape, name));
    if (labels !== undefined) labels = await checkedLabels(name, labels, inputs.shape[0], classes);
    else if (classes !== undefined) {
      throw argumentError(
        `${name}: a minibatch has no labels, expected labels of ${classes} classes`,
      );
    }
    if (observed !== undefined) {
      observed = floatInputs(`${name}, observed`, observed, ...inputs.shape);
    }
    return minibatch(inputs, labels, observed);
  } catch (error) {
    for (const tensor of [inputs, labels, observed]) tensor?.dispose();
    throw error;
  }
}

/** Returns labels as int32; takes ownership of the tensor. */
async function checkedLabels(
  name: string,
  labels: Tensor1D,
  examples: number,
  classes: number | undefined,
): Promise<Tensor1D> {
  checkTensor(name, 'labels', labels);
  if (labels.shape.length !== 1 || labels.shape[0] !== examples) {
    throw argumentError(
      `${name}: labels have shape [${labels.shape.join(', ')}], expected [${examples}]`,
    );
  }
  const numbers = classNumbers(name, 'labels', await labels.data(), classes);
  if (labels.dtype === 'int32') return labels;
  labels.dispose();
  return tensor1d(numbers, 'int32');
}
