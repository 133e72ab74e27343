import type { IndexedDataset } from '@deepbelief/data';
import type { TrainAndTest } from '@deepbelief/mnist';

/** What a source holds; some sources hold validation examples out themselves. */
export interface LoadedData extends TrainAndTest {
  readonly validation?: IndexedDataset;
}
