import { mapInputs, type Dataset } from '@deepbelief/data';
import type { Dbn } from './dbn.ts';

/**
 * Makes a dataset of the features of a stack's top layer, for training the next one. Layers pushed
 * later do not change it. Features are computed as minibatches are read; wrap it in `materialize`
 * (of `@deepbelief/data`) to compute them once, if they fit in memory.
 *
 * @throws RangeError if the stack has no layer yet. Reading throws one if the data does not fit the
 *   first layer
 */
export function featureDataset(dbn: Dbn, data: Dataset): Dataset {
  const depth = dbn.layers.length;
  return mapInputs(data, `${data.name}, features of layer ${depth}`, [dbn.size], (inputs) =>
    dbn.features(inputs, depth),
  );
}
