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
  const old = siameseParameters(siamese)[name];
  if (old === value) return;
  if (name === 'output.weight') siamese.output.weight = value as Tensor1D;
  else if (layer === undefined) siamese.output.bias = value as Tensor1D;
  else if (name.endsWith('.weights')) layer.weights = value as Tensor2D;
  else layer.bias = value as Tensor1D;
  old?.dispose();
}
