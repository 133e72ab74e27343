import { mapInputs, type Dataset } from '@deepbelief/data';
import type { Dbn } from './dbn.ts';

/**
 * A dataset of a stack's features, to train the next layer on. They are computed as minibatches are read; wrap it in
 * `materialise` (of `@deepbelief/data`) to compute them once, where they fit in memory.
 */
export function featureDataset(dbn: Dbn, data: Dataset): Dataset {
  return mapInputs(data, `${data.name}, features of layer ${dbn.layers.length}`, [dbn.size], (inputs) => dbn.features(inputs));
}
