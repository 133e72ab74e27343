import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier.ts';

/**
 * What fine-tuning moves in the layers, by name: `layer1.weights`, `layer1.bias`, …; biases that
 * stay at zero are not.
 */
export function layerParameters(layers: readonly ClassifierLayer[]): Record<string, Tensor> {
  const parameters: Record<string, Tensor> = {};
  layers.forEach(({ weights, bias, zeroBias }, i) => {
    parameters[`layer${i + 1}.weights`] = weights;
    if (!zeroBias) parameters[`layer${i + 1}.bias`] = bias;
  });
  return parameters;
}

/**
 * Which layer a parameter belongs to, counted from 0; what comes after the last layer counts as one
 * more.
 */
export function layerOfParameter(layers: readonly ClassifierLayer[], name: string): number {
  const layer = /^layer(\d+)\./.exec(name);
  return layer === null ? layers.length : Number(layer[1]) - 1;
}

/**
 * Puts a tensor in the place of a layer's weights or bias and disposes the old one if it is
 * another.
 */
export function setLayerParameter(
  layer: { weights: Tensor2D; bias: Tensor1D },
  name: string,
  value: Tensor,
): void {
  const part = name.endsWith('.weights') ? 'weights' : 'bias';
  if (layer[part] !== value) layer[part].dispose();
  if (part === 'weights') layer.weights = value as Tensor2D;
  else layer.bias = value as Tensor1D;
}
