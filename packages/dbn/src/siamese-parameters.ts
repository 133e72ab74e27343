import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Siamese } from './siamese.ts';

/** All that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`, …, `output.weight`, `output.bias`. */
export function siameseParameters(siamese: Siamese): Record<string, Tensor> {
  const parameters: Record<string, Tensor> = {};
  siamese.layers.forEach(({ weights, bias, zeroBias }, i) => {
    parameters[`layer${i + 1}.weights`] = weights;
    if (!zeroBias) parameters[`layer${i + 1}.bias`] = bias;
  });
  parameters['output.weight'] = siamese.output.weight;
  parameters['output.bias'] = siamese.output.bias;
  return parameters;
}

/** Which layer a parameter belongs to, counted from 0; the output comes after the last. */
export function layerOfSiameseParameter(siamese: Siamese, name: string): number {
  const layer = /^layer(\d+)\./.exec(name);
  return layer === null ? siamese.layers.length : Number(layer[1]) - 1;
}

/** Puts a tensor in a parameter's place and disposes the old one if it is another. */
export function setSiameseParameter(siamese: Siamese, name: string, value: Tensor): void {
  const layer = siamese.layers[layerOfSiameseParameter(siamese, name)];
  const { output } = siamese;
  const old =
    name === 'output.weight'
      ? output.weight
      : layer === undefined
        ? output.bias
        : name.endsWith('.weights')
          ? layer.weights
          : layer.bias;
  if (old !== value) old.dispose();
  if (name === 'output.weight') output.weight = value as Tensor1D;
  else if (layer === undefined) output.bias = value as Tensor1D;
  else if (name.endsWith('.weights')) layer.weights = value as Tensor2D;
  else layer.bias = value as Tensor1D;
}
