import { argumentError, checkList } from '@deepbelief/checks';
import type { IndexedDataset } from './dataset.ts';
import { indexedDataset } from './indexed-dataset.ts';

/**
 * Selects the examples with these numbers, in this order. A number may occur more than once.
 *
 * @param name the subset's name; default: the dataset's name with the number of examples
 * @throws RangeError if there are none, or one is not a whole number from 0 to size - 1
 */
export function subset(
  dataset: IndexedDataset,
  indices: ArrayLike<number>,
  name?: string,
): IndexedDataset {
  checkList(`subset of ${dataset.name}`, 'indices', indices, {
    low: 0,
    high: dataset.size - 1,
    whole: true,
  });
  const chosen = Uint32Array.from(indices);
  const { labels, classes } = dataset;
  const inDataset = (places: Uint32Array): Uint32Array => places.map((place) => chosen[place]!);
  return indexedDataset({
    name: name ?? `${dataset.name} (${chosen.length} examples)`,
    shape: dataset.shape,
    size: chosen.length,
    ...(labels && { labels: Int32Array.from(chosen, (index) => labels[index]!) }),
    ...(classes !== undefined && { classes }),
    ...(dataset.valuesAt
      ? { valuesAt: (places) => dataset.valuesAt!(inDataset(places)) }
      : { inputsAt: (places) => dataset.inputsAt(inDataset(places)) }),
    ...(dataset.observedAt && {
      observedAt: (places) => dataset.observedAt!(inDataset(places)),
    }),
  });
}

/**
 * Selects the first `count` examples.
 *
 * @throws RangeError unless count is a whole number from 1 to size
 */
export function take(dataset: IndexedDataset, count: number): IndexedDataset {
  if (!Number.isInteger(count) || count < 1 || count > dataset.size) {
    throw argumentError(
      `take: count is ${count}, expected a whole number from 1 to ${dataset.size} ` +
        `(${dataset.name})`,
    );
  }
  return subset(
    dataset,
    Uint32Array.from({ length: count }, (_, i) => i),
    `${dataset.name} (first ${count})`,
  );
}
