import { argumentError } from '@deepbelief/checks';
import type { Dataset } from '@deepbelief/data';
import type { Classifier } from './classifier.ts';

/**
 * Throws a RangeError unless the data has labels and fits the classifier, and there is validation
 * data if needed.
 */
export function checkFineTuningData(
  { classes, inputs }: Classifier,
  training: Dataset,
  validation: Dataset | undefined,
  stopsEarly: boolean,
): void {
  for (const data of validation === undefined ? [training] : [training, validation]) {
    const values = data.shape.reduce((product, extent) => product * extent, 1);
    if (
      data.classes === undefined ||
      data.classes > classes ||
      values !== inputs ||
      data.size === 0
    ) {
      throw argumentError(
        `fine-tuning: ${data.name} has ${data.size} examples of ${values} values and ` +
          `${data.classes ?? 'no'} classes, expected examples of ${inputs} values and at most ` +
          `${classes} classes`,
      );
    }
  }
  if (stopsEarly && validation === undefined) {
    throw argumentError('fine-tuning: early stopping needs validation data, none was given');
  }
}
