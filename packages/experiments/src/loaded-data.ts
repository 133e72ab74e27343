import type { IndexedDataset } from '@deepbelief/data';
import type { TrainAndTest } from '@deepbelief/mnist';

/** What a source holds. Some sources hold out validation examples themselves. */
export interface LoadedData extends TrainAndTest {
  readonly validation?: IndexedDataset;
}
