import { argumentError } from '@deepbelief/checks';
import type { Classifier } from '@deepbelief/dbn';
import type { ModelData } from './model-data.ts';
import { classNames } from './model-inputs.ts';
import type { FloatRows, Model } from './model.ts';
import { mappedRows } from './transform.ts';

/**
 * The names of a model's classes, in the order of `probabilities`.
 *
 * @throws RangeError for a model without a label
 */
export function classes(model: Model): readonly string[] {
  classifierOf(model, 'classes');
  return classNames(model.inputs)!;
}

/**
 * Probabilities of the classes, [rows, classes]. The label's column may be there; it is not looked
 * at.
 *
 * @throws TableError or RangeError for data that do not fit and for a model without a label
 */
export async function probabilities(model: Model, data: ModelData): Promise<FloatRows> {
  const classifier = classifierOf(model, 'probabilities');
  return mappedRows(model, data, 'probabilities', (units) => classifier.probabilities(units));
}

/**
 * The most probable class of each row, by its name. Throws like `probabilities`.
 */
export async function predict(model: Model, data: ModelData): Promise<string[]> {
  const classifier = classifierOf(model, 'predict');
  const names = classNames(model.inputs)!;
  const found = await mappedRows(model, data, 'predict', (units) =>
    classifier.probabilities(units),
  );
  return mostProbable(found).map((place) => names[place]!);
}

/** The place of the largest number in each row. */
export function mostProbable({ shape, data }: FloatRows): number[] {
  const [rows = 0, width = 1] = shape;
  return Array.from({ length: rows }, (_, i) => {
    const own = data.subarray(i * width, (i + 1) * width);
    return own.indexOf(Math.max(...own));
  });
}

function classifierOf({ classifier }: Model, where: string): Classifier {
  if (classifier !== undefined) return classifier;
  throw argumentError(
    `${where}: the model was trained without a label, expected one with classes: train it again ` +
      'and name the label',
  );
}
