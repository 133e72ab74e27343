import { checkNumber } from '@deepbelief/checks';
import type { Dataset, IndexedDataset } from './dataset.ts';
import { inMemoryDataset } from './in-memory-dataset.ts';
import { readExamples } from './read-examples.ts';
import { valueCount } from './value-count.ts';

/**
 * The same dataset in memory, as float32: features that are costly to compute are computed once.
 *
 * @throws RangeError when a value is not finite or a label is none of the classes; an Error when
 *   the dataset yields another number of examples than its size; whatever reading it throws
 */
export async function materialize(dataset: Dataset): Promise<IndexedDataset> {
  const { name, shape, size, classes } = dataset;
  const values = valueCount(shape, name);
  checkNumber(name, 'size', size, { low: 1, whole: true });
  const inputs = new Float32Array(size * values);
  const labels = new Int32Array(classes === undefined ? 0 : size);
  let count = 0;
  for await (const examples of readExamples(dataset)) {
    inputs.set(examples.inputs, count * values);
    if (classes !== undefined && examples.labels) labels.set(examples.labels, count);
    count += examples.inputs.length / values;
  }
  return inMemoryDataset({
    name,
    inputs,
    shape,
    ...(classes !== undefined && { labels, classes }),
  });
}
