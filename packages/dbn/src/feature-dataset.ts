import { mapInputs, type Dataset } from '@deepbelief/data';
import type { Dbn } from './dbn.ts';

/**
 * A dataset of the features of a stack's top layer, to train the next one on; layers pushed later
 * do not change it. They are computed as minibatches are read; wrap it in `materialize` (of
 * `@deepbelief/data`) to compute them once, where they fit in memory.
 *
 * @throws RangeError when the stack has no layer yet; reading throws one when the data do not fit
 *   the first layer
 */
export function featureDataset(dbn: Dbn, data: Dataset): Dataset {
  const depth = dbn.layers.length;
  return mapInputs(data, `${data.name}, features of layer ${depth}`, [dbn.size], (inputs) =>
    dbn.features(inputs, depth),
  );
}
