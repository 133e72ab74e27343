import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';

/** All that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`, …, `output.weights`, `output.bias`. */
export function classifierParameters(classifier: Classifier): Record<string, Tensor> {
  const parameters: Record<string, Tensor> = {};
  classifier.layers.forEach(({ weights, bias, zeroBias }, i) => {
    parameters[`layer${i + 1}.weights`] = weights;
    if (!zeroBias) parameters[`layer${i + 1}.bias`] = bias;
  });
  parameters['output.weights'] = classifier.output.weights;
  parameters['output.bias'] = classifier.output.bias;
  return parameters;
}

/** Which layer a parameter belongs to, counted from 0; the softmax comes after the last. */
export function layerOfParameter(classifier: Classifier, name: string): number {
  const layer = /^layer(\d+)\./.exec(name);
  return layer === null ? classifier.layers.length : Number(layer[1]) - 1;
}

/** Puts a tensor in a parameter's place and disposes the old one if it is another. */
export function setClassifierParameter(classifier: Classifier, name: string, value: Tensor): void {
  const part = classifier.layers[layerOfParameter(classifier, name)] ?? classifier.output;
  if (name.endsWith('.weights')) {
    if (part.weights !== value) part.weights.dispose();
    part.weights = value as Tensor2D;
  } else {
    if (part.bias !== value) part.bias.dispose();
    part.bias = value as Tensor1D;
  }
}
