import { argumentError } from '@deepbelief/checks';
import { cast, greater } from '@tensorflow/tfjs-core';
import type { Dataset, IndexedDataset } from './dataset.ts';
import { mapInputs } from './map-inputs.ts';

/**
 * Returns the dataset with 1 for each value above the threshold and 0 for the others.
 *
 * @throws RangeError unless the threshold is finite
 */
export function binarize(dataset: IndexedDataset, threshold: number): IndexedDataset;
export function binarize(dataset: Dataset, threshold: number): Dataset;
export function binarize(dataset: Dataset, threshold: number): Dataset {
  if (!Number.isFinite(threshold)) {
    throw argumentError(`binarize: threshold is ${threshold}, expected a finite number`);
  }
  return mapInputs(dataset, `${dataset.name} (above ${threshold})`, dataset.shape, (inputs) =>
    cast(greater(inputs, threshold), 'float32'),
  );
}
