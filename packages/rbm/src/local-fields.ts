import { checkOptionNames, checkTensor } from '@deepbelief/checks';
import { receptiveFields, type ReceptiveFields } from '@deepbelief/connections';
import { mul, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/** Which part of a picture each unit sees. */
export type LocalFieldsOptions = ReceptiveFields;

/**
 * Gives each hidden unit of a layer a local receptive field: a square of the picture at a random
 * place of its own, all channels of it, outside which its weights become zero. `receptiveFields`
 * says where the squares lie. What is left is multiplied by √(inputs / inputs in the field), so
 * that random weights give units' inputs the variance that they had. In training, `keepZeros` keeps
 * the fields.
 *
 * For an RBM, the connection `masked` does the same and keeps the fields by itself.
 *
 * @param layer its weights, [inputs, units], are replaced: an RBM, or a layer of a classifier or
 *   Siamese net
 * @throws RangeError for an unknown option, when the shape does not have as many values as the
 *   layer has inputs, or the square is larger than the picture
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
