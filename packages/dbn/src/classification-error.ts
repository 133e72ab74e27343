import { argumentError } from '@deepbelief/checks';
import { checkInput } from '@deepbelief/training';
import type { Dataset } from '@deepbelief/data';
import { checkLabels, classRule } from './check-labels.ts';
import type { Classifier } from './classifier.ts';
import { classify } from './classify.ts';

/**
 * Computes the share of examples that a classifier puts in the wrong class, 0 to 1.
 *
 * @param data with labels
 * @throws RangeError if the data has no labels or no examples, does not fit the classifier's
 *   inputs, has a label outside its classes, or yields a number of examples that differs from its
 *   size
 * @throws NotFiniteError if the classifier overflows
 */
export async function classificationError(classifier: Classifier, data: Dataset): Promise<number> {
  const where = 'classificationError';
  if (data.classes === undefined || data.size === 0) {
    throw argumentError(
      `${where}: ${data.name} has ${data.size} examples and ${data.classes ?? 0} classes, ` +
        'expected labeled examples',
    );
  }
  let [wrong, seen] = [0, 0];
  for await (const batch of data.batches({ size: 1000 })) {
    const { inputs, labels } = batch;
    try {
      checkLabels(where, `the labels of ${data.name}`, labels!, inputs.shape[0]);
      await checkInput(classRule(`${where} of ${data.name}`, classifier.classes), labels!);
      const truth = await labels!.data();
      const found = await classify(classifier, inputs);
      wrong += found.filter((label, i) => label !== truth[i]).length;
      seen += found.length;
    } finally {
      batch.dispose();
    }
  }
  if (seen === data.size) return wrong / seen;
  throw argumentError(
    `${where}: ${data.name} gave ${seen} examples, expected ${data.size}, its size`,
  );
}
