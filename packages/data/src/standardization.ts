import {
  argumentError,
  checkList,
  checkOptions,
  finiteNumber,
  flag,
  floatStates,
  oneOf,
} from '@deepbelief/checks';
import { div, mean, sub, tensor1d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Dataset, IndexedDataset } from './dataset.ts';
import { mapInputs } from './map-inputs.ts';
import { readExamples } from './read-examples.ts';
import { valueCount } from './value-count.ts';

/** Options of `fitStandardization`. */
export interface StandardizationOptions {
  /**
   * What to subtract. `value`: each value's mean over the examples; `example`: each example's own
   * mean over its values; `none`. Default `value`.
   */
  readonly mean?: 'value' | 'example' | 'none';
  /**
   * What to divide by. `value`: each value's standard deviation over the examples; `global`: the
   * average of these standard deviations, one number; `none`. Default `value`.
   */
  readonly deviation?: 'value' | 'global' | 'none';
  /**
   * Values with a standard deviation up to this count as constant and are divided by 1 instead of
   * almost 0. Default 1e-6.
   */
  readonly constant?: number;
}

/** A fitted standardization: plain data, to keep with the model as JSON. */
export interface Standardization {
  /** Whether each example's own mean is subtracted first. */
  readonly exampleMean: boolean;
  /** Subtracted next: one number per value, or one for all. */
  readonly offset: readonly number[];
  /** The divisor: one number per value, or one for all. */
  readonly divisor: readonly number[];
}

/**
 * Fits a standardization to training data, in float64.
 *
 * Nair and Hinton (2010), section 5, use `{ mean: 'value', deviation: 'global' }`: zero mean, then
 * division by the average standard deviation of the pixels over the training images. (They do not
 * say whether they mean the pixel's mean or the image's; `mean: 'example'` is the other reading.)
 * Means and variances come from Welford's recurrence (B. Welford, Technometrics 4, 1962), which
 * gives a constant a variance of exactly 0. Deviations divide by the number of examples. Missing
 * values are left out.
 *
 * @throws RangeError for an unknown option, a `constant` that is negative or not a number, and data
 *   that is not finite; Error if the number of examples differs from the dataset's size
 */
export async function fitStandardization(
  dataset: Dataset,
  options: StandardizationOptions = {},
): Promise<Standardization> {
  checkOptions('fitStandardization', options, {
    mean: oneOf(['value', 'example', 'none']),
    deviation: oneOf(['value', 'global', 'none']),
    constant: finiteNumber({ low: 0 }),
  });
  const { mean: kind = 'value', deviation = 'value', constant = 1e-6 } = options;
  const { means, deviations } = await moments(dataset, kind === 'example');
  const orOne = (value: number): number => (value > constant ? value : 1);
  const average = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
  return {
    exampleMean: kind === 'example',
    offset: kind === 'value' ? [...means] : [0],
    divisor: {
      value: () => Array.from(deviations, orOne),
      global: () => [orOne(average)],
      none: () => [1],
    }[deviation](),
  };
}

/**
 * Returns standardized inputs, [examples, values]: (inputs - offset) / divisor, after subtracting
 * each row's mean if fitted that way.
 */
export function standardize(inputs: Tensor2D, standardization: Standardization): Tensor2D {
  const { exampleMean, offset, divisor } = standardization;
  checkStandardization(standardization);
  for (const [name, numbers] of Object.entries({ offset, divisor })) {
    if (numbers.length !== 1 && numbers.length !== inputs.shape[1]) {
      throw argumentError(
        `standardize: inputs have shape [${inputs.shape.join(', ')}] and ${name} has ` +
          `${numbers.length} numbers, expected one per column or one for all: ` +
          'use the standardization fitted to this dataset',
      );
    }
  }
  return tidy(() => {
    const floats = floatStates('standardize', 'inputs', inputs, undefined);
    const centered = exampleMean ? sub(floats, mean(floats, 1, true)) : floats;
    return div<Tensor2D>(sub(centered, tensor1d([...offset])), tensor1d([...divisor]));
  });
}

/** Throws a RangeError unless the value is a standardization; it may come from a file. */
function checkStandardization(standardization: Standardization): void {
  const where = 'standardize: the standardization';
  const list = { expected: 'a list of numbers', accepts: Array.isArray };
  checkOptions(where, standardization, {
    exampleMean: { ...flag, optional: false },
    offset: list,
    divisor: list,
  });
  checkList(where, 'offset', standardization.offset, {});
  checkList(where, 'divisor', standardization.divisor, {});
  const zero = standardization.divisor.indexOf(0);
  if (zero !== -1)
    throw argumentError(`${where}: divisor[${zero}] is 0, expected a nonzero number`);
}

/** Returns the dataset with its inputs standardized, one minibatch at a time. */
export function applyStandardization(
  dataset: IndexedDataset,
  standardization: Standardization,
): IndexedDataset;
export function applyStandardization(dataset: Dataset, standardization: Standardization): Dataset;
export function applyStandardization(dataset: Dataset, standardization: Standardization): Dataset {
  return mapInputs(dataset, dataset.name, dataset.shape, (inputs) =>
    standardize(inputs, standardization),
  );
}

/**
 * Computes each value's mean and standard deviation over the examples, after subtracting each
 * example's mean if asked.
 */
async function moments(
  dataset: Dataset,
  exampleMean: boolean,
): Promise<{ means: Float64Array; deviations: Float64Array }> {
  const values = valueCount(dataset.shape, dataset.name);
  const means = new Float64Array(values);
  const squares = new Float64Array(values);
  const counts = new Float64Array(values);
  for await (const { inputs, observed } of readExamples(dataset)) {
    const isKnown = (place: number): boolean => observed?.[place] !== 0;
    for (let start = 0; start < inputs.length; start += values) {
      let own = 0;
      if (exampleMean) {
        let known = 0;
        for (let j = 0; j < values; j++) {
          if (!isKnown(start + j)) continue;
          own += inputs[start + j]!;
          known++;
        }
        own /= Math.max(known, 1);
      }
      for (let j = 0; j < values; j++) {
        if (!isKnown(start + j)) continue;
        const count = (counts[j]! += 1);
        const value = inputs[start + j]! - own;
        const difference = value - means[j]!;
        means[j]! += difference / count;
        squares[j]! += difference * (value - means[j]!);
      }
    }
  }
  return { means, deviations: squares.map((sum, j) => Math.sqrt(sum / Math.max(counts[j]!, 1))) };
}
