import { parameterOf, type Parameter } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { layerParameters, tensorsByName } from './layer-parameters.ts';
import type { Siamese } from './siamese.ts';

/**
 * All that fine-tuning moves: that of the layers, `output.weight` and `output.bias`. The output's
 * weight is one number, on which no penalty acts: its kind is a bias's.
 */
export function parametersOfSiamese({ layers, output }: Siamese): Parameter[] {
  return [
    ...layerParameters(layers),
    parameterOf({ name: 'output.weight', kind: 'bias' }, output, 'weight'),
    parameterOf({ name: 'output.bias', kind: 'bias' }, output, 'bias'),
  ];
}

/**
 * The tensors of all that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`, …,
 * `output.weight`, `output.bias`. A tensor that several layers share has the first one's name.
 */
export function siameseParameters(siamese: Siamese): Record<string, Tensor> {
  return tensorsByName(parametersOfSiamese(siamese));
}
