import { checkNumber } from '@deepbelief/checks';
import type { Dataset, IndexedDataset } from './dataset.ts';
import { inMemoryDataset } from './in-memory-dataset.ts';
import { readExamples } from './read-examples.ts';
import { valueCount } from './value-count.ts';

/**
 * Returns the same dataset in memory, as float32, so that costly features are computed only once.
 *
 * @throws RangeError if a value is not finite or a label is outside the classes; an Error if the
 *   number of examples differs from the dataset's size; and whatever reading it throws
 */
export async function materialize(dataset: Dataset): Promise<IndexedDataset> {
  const { name, shape, size, classes } = dataset;
  const values = valueCount(shape, name);
  checkNumber(name, 'size', size, { low: 1, whole: true });
  const inputs = new Float32Array(size * values);
  const labels = new Int32Array(classes === undefined ? 0 : size);
  let hasGaps = false;
  let count = 0;
  for await (const examples of readExamples(dataset)) {
    inputs.set(examples.inputs, count * values);
    examples.observed?.forEach((known, i) => {
      if (known === 0) inputs[count * values + i] = NaN;
    });
    hasGaps ||= examples.observed !== undefined;
    if (classes !== undefined && examples.labels) labels.set(examples.labels, count);
    count += examples.inputs.length / values;
  }
  return inMemoryDataset({
    name,
    inputs,
    shape,
    ...(hasGaps && { missing: 'nan' as const }),
    ...(classes !== undefined && { labels, classes }),
  });
}
