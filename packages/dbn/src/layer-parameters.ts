import { parameterOf, tiedParameters, type Parameter } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier.ts';

/**
 * What fine-tuning moves in the layers: `layer1.weights`, `layer1.bias`, …; biases that stay at
 * zero are not among them.
 */
export function layerParameters(layers: readonly ClassifierLayer[]): Parameter[] {
  return layers.flatMap((layer, i) => {
    const name = `layer${i + 1}`;
    const weights = parameterOf({ name: `${name}.weights`, kind: 'weights' }, layer, 'weights');
    const bias = parameterOf({ name: `${name}.bias`, kind: 'bias' }, layer, 'bias');
    return layer.zeroBias ? [weights] : [weights, bias];
  });
}

/**
 * Which layer a parameter belongs to, counted from 0; what comes after the last layer counts as one
 * more.
 */
export function layerOfParameter(layers: readonly ClassifierLayer[], name: string): number {
  const layer = /^layer(\d+)\./.exec(name);
  return layer === null ? layers.length : Number(layer[1]) - 1;
}

/** The tensors of parameters by name; one that several layers share has the first one's. */
export function tensorsByName(parameters: readonly Parameter[]): Record<string, Tensor> {
  return Object.fromEntries(tiedParameters(parameters).map(({ name, value }) => [name, value]));
}

/** Puts a tensor in the place of the parameter of a name, in all layers that share it. */
export function setByName(parameters: readonly Parameter[], name: string, value: Tensor): void {
  tiedParameters(parameters).find((parameter) => parameter.name === name)!.value = value;
}
