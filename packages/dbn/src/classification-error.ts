import type { Dataset } from '@deepbelief/data';
import { notEqual, sum, tidy } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';

/**
 * Share of examples that a classifier puts in the wrong class, 0 to 1.
 *
 * @param data with labels
 * @throws RangeError when the data have no labels or no examples, or do not fit the classifier's inputs
 */
export async function classificationError(classifier: Classifier, data: Dataset): Promise<number> {
  if (data.classes === undefined || data.size === 0) {
    throw new RangeError(
      `classificationError: ${data.name} has ${data.size} examples and ${data.classes ?? 0} classes, expected labelled examples`,
    );
  }
  let wrong = 0;
  for await (const batch of data.batches({ size: 1000 })) {
    try {
      const count = tidy(() => sum(notEqual(classifier.predict(batch.inputs), batch.labels!)));
      wrong += (await count.data())[0]!;
      count.dispose();
    } finally {
      batch.dispose();
    }
  }
  return wrong / data.size;
}
