import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { layerOfParameter, layerParameters, setLayerParameter } from './layer-parameters.ts';
import type { Siamese } from './siamese.ts';

/**
 * All that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`, …, `output.weight`,
 * `output.bias`.
 */
export function siameseParameters({ layers, output }: Siamese): Record<string, Tensor> {
  return { ...layerParameters(layers), 'output.weight': output.weight, 'output.bias': output.bias };
}

/** Puts a tensor in a parameter's place and disposes the old one if it is another. */
export function setSiameseParameter(
  { layers, output }: Siamese,
  name: string,
  value: Tensor,
): void {
  const layer = layers[layerOfParameter(layers, name)];
  if (layer !== undefined) {
    setLayerParameter(layer, name, value);
    return;
  }
  const part = name === 'output.weight' ? 'weight' : 'bias';
  if (output[part] !== value) output[part].dispose();
  output[part] = value as Tensor1D;
}
