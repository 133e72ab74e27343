import type { Tensor } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { layerOfParameter, layerParameters, setLayerParameter } from './layer-parameters.ts';

/**
 * All that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`, …, `output.weights`,
 * `output.bias`.
 */
export function classifierParameters({ layers, output }: Classifier): Record<string, Tensor> {
  return {
    ...layerParameters(layers),
    'output.weights': output.weights,
    'output.bias': output.bias,
  };
}

/** Puts a tensor in a parameter's place and disposes the old one if it is another. */
export function setClassifierParameter(
  { layers, output }: Classifier,
  name: string,
  value: Tensor,
): void {
  setLayerParameter(layers[layerOfParameter(layers, name)] ?? output, name, value);
}
