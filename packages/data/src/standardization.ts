import {
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

/** What `fitStandardization` fits. */
export interface StandardizationOptions {
  /**
   * What is subtracted: `value`, each value's mean over the examples; `example`, each example's own
   * mean over its values; `none`. Default `value`.
   */
  readonly mean?: 'value' | 'example' | 'none';
  /**
   * What it is divided by: `value`, each value's standard deviation over the examples; `global`,
   * the average of these standard deviations, one number; `none`. Default `value`.
   */
  readonly deviation?: 'value' | 'global' | 'none';
  /**
   * Standard deviations up to this one are those of constants, which are divided by 1 and not by
   * (nearly) nothing. Default 1e-6.
   */
  readonly constant?: number;
}

/** A fitted standardization: plain data, to be kept with the model as JSON. */
export interface Standardization {
  /** Whether each example's own mean is subtracted first. */
  readonly exampleMean: boolean;
  /** Then this is subtracted: a number for each value, or one for all. */
  readonly offset: readonly number[];
  /** Then it is divided by this: a number for each value, or one for all. */
  readonly divisor: readonly number[];
}

/**
 * Fits a standardization to training data, in float64.
 *
 * `{ mean: 'value', deviation: 'global' }` is the one of Nair and Hinton (2010), section 5: zero
 * mean, then divided by the average standard deviation of the pixels over the training images.
 * (They do not say whether the mean is that of the pixel or of the image: `mean: 'example'` is the
 * other reading.) Means and variances by Welford's recurrence (B. Welford, Technometrics 4, 1962),
 * which gives a constant the variance 0 exactly; deviations divide by the number of examples.
 *
 * @throws RangeError for an unknown option, a `constant` that is negative or no number, and a value
 *   of the data that is not finite; Error when the dataset gives another number of examples than
 *   its size
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
 * Standardized inputs, [examples, values]: (inputs, less each row's mean if so fitted, - offset) /
 * divisor.
 */
export function standardize(inputs: Tensor2D, standardization: Standardization): Tensor2D {
  const { exampleMean, offset, divisor } = standardization;
  checkStandardization(standardization);
  for (const [name, numbers] of Object.entries({ offset, divisor })) {
    if (numbers.length !== 1 && numbers.length !== inputs.shape[1]) {
      throw new RangeError(
        `standardize: inputs have shape [${inputs.shape.join(', ')}] and ${name} has ${numbers.length} numbers, ` +
          'expected one for each column or one for all: use the standardization fitted to this dataset',
      );
    }
  }
  return tidy(() => {
    const floats = floatStates('standardize', 'inputs', inputs, undefined);
    const centered = exampleMean ? sub(floats, mean(floats, 1, true)) : floats;
    return div<Tensor2D>(sub(centered, tensor1d([...offset])), tensor1d([...divisor]));
  });
}

/** Throws a RangeError unless it is a standardization, which may come from a file. */
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
  if (zero !== -1) throw new RangeError(`${where}: divisor[${zero}] is 0, expected another number`);
}

/** The dataset with its inputs standardized, a minibatch at a time. */
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
 * Each value's mean and standard deviation over the examples, after each example's mean is
 * subtracted, if asked.
 */
async function moments(
  dataset: Dataset,
  exampleMean: boolean,
): Promise<{ means: Float64Array; deviations: Float64Array }> {
  const values = valueCount(dataset.shape, dataset.name);
  const means = new Float64Array(values);
  const squares = new Float64Array(values);
  let count = 0;
  for await (const { inputs } of readExamples(dataset)) {
    for (let start = 0; start < inputs.length; start += values) {
      let own = 0;
      if (exampleMean) {
        for (let j = 0; j < values; j++) own += inputs[start + j]!;
        own /= values;
      }
      count++;
      for (let j = 0; j < values; j++) {
        const value = inputs[start + j]! - own;
        const difference = value - means[j]!;
        means[j]! += difference / count;
        squares[j]! += difference * (value - means[j]!);
      }
    }
  }
  return { means, deviations: squares.map((sum) => Math.sqrt(sum / count)) };
}
