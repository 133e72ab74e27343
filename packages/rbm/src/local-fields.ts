import { checkOptionNames, checkTensor } from '@deepbelief/checks';
import { receptiveFields, type ReceptiveFields } from '@deepbelief/connections';
import { mul, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/** Which part of a picture each unit sees. */
export type LocalFieldsOptions = ReceptiveFields;

/**
 * Gives each hidden unit of a layer a local receptive field: a square of the picture at its own
 * random place, with all channels. Weights outside it become zero. `receptiveFields` says where the
 * squares are. The other weights are multiplied by √(inputs / inputs in the field), so that random
 * weights give units' inputs the same variance as before. In training, `keepZeros` keeps the
 * fields.
 *
 * For an RBM, the connection `masked` does the same and keeps the fields by itself.
 *
 * @param layer its weights, [inputs, units], are replaced: an RBM, or a layer of a classifier or
 *   Siamese net
 * @throws RangeError if an option is unknown, the number of values in the shape differs from the
 *   layer's inputs, or the square is larger than the picture
 */
export function localFields(layer: { weights: Tensor2D }, options: LocalFieldsOptions): void {
  checkTensor('localFields', "the layer's weights", layer.weights);
  checkOptionNames('localFields', options, ['shape', 'side', 'seed']);
  const old = layer.weights;
  const scaling = tensor2d(receptiveFields('localFields', options, ...old.shape), old.shape);
  layer.weights = mul<Tensor2D>(old, scaling);
  scaling.dispose();
  old.dispose();
}
