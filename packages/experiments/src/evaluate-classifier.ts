import { argumentError } from '@deepbelief/checks';
import type { Dataset } from '@deepbelief/data';
import { classify, type Classifier } from '@deepbelief/dbn';
import { confusionMatrix } from '@deepbelief/evaluation';

/** Errors of a classifier on a dataset. */
export interface ClassifierFigures {
  /** The fraction of examples in the wrong class. */
  readonly error: number;
  /** The same for the examples of each class; null for a class without examples. */
  readonly errorByClass: readonly (number | null)[];
  /** Examples of class i that were put in class j: `confusion[i][j]`. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Computes the errors in one pass over labeled data. Throws a RangeError for data without labels.
 */
export async function evaluateClassifier(
  classifier: Classifier,
  data: Dataset,
): Promise<ClassifierFigures> {
  const truth: number[] = [];
  const predicted: number[] = [];
  for await (const batch of data.batches({ size: 1000 })) {
    try {
      if (batch.labels === undefined)
        throw argumentError(`${data.name} has no labels, expected labeled examples`);
      for (const label of await batch.labels.data()) truth.push(label);
      for (const found of await classify(classifier, batch.inputs)) predicted.push(found);
    } finally {
      batch.dispose();
    }
  }
  const confusion = confusionMatrix(predicted, truth, classifier.classes);
  const total = (row: ArrayLike<number>): number => Array.from(row).reduce((a, b) => a + b, 0);
  const right = confusion.map((row, i) => row[i]!);
  return {
    error: 1 - total(right) / truth.length,
    errorByClass: confusion.map((row, i) => (total(row) === 0 ? null : 1 - right[i]! / total(row))),
    confusion,
  };
}
