import { parameterOf, tiedParameters, type Parameter } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ClassifierLayer } from './classifier-layer.ts';

/**
 * The parameters that fine-tuning moves in the layers: `layer1.weights`, `layer1.bias`, …, without
 * biases that stay at zero.
 */
export function layerParameters(layers: readonly ClassifierLayer[]): Parameter[] {
  return layers.flatMap((layer, i) => {
    const name = `layer${i + 1}`;
    const weights = parameterOf({ name: `${name}.weights`, kind: 'weights' }, layer, 'weights');
    const bias = parameterOf({ name: `${name}.bias`, kind: 'bias' }, layer, 'bias');
    return layer.zeroBias ? [weights] : [weights, bias];
  });
}

/** The layer that a parameter belongs to, counted from 0; the output counts as one more layer. */
export function layerOfParameter(layers: readonly ClassifierLayer[], name: string): number {
  const layer = /^layer(\d+)\./.exec(name);
  return layer === null ? layers.length : Number(layer[1]) - 1;
}

/** The tensors of parameters by name. One that several layers share has the first one's name. */
export function tensorsByName(parameters: readonly Parameter[]): Record<string, Tensor> {
  return Object.fromEntries(tiedParameters(parameters).map(({ name, value }) => [name, value]));
}

/** Replaces the named parameter's tensor in all layers that share it. */
export function setByName(parameters: readonly Parameter[], name: string, value: Tensor): void {
  tiedParameters(parameters).find((parameter) => parameter.name === name)!.value = value;
}
