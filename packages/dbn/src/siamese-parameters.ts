import { parameterOf, type Parameter } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import { layerParameters, tensorsByName } from './layer-parameters.ts';
import type { Siamese } from './siamese.ts';

/**
 * All parameters that fine-tuning moves: those of the layers, `output.weight` and `output.bias`.
 * The output's weight is one number without a penalty, so its kind is that of a bias.
 */
export function parametersOfSiamese({ layers, output }: Siamese): Parameter[] {
  return [
    ...layerParameters(layers),
    parameterOf({ name: 'output.weight', kind: 'bias' }, output, 'weight'),
    parameterOf({ name: 'output.bias', kind: 'bias' }, output, 'bias'),
  ];
}

/**
 * The tensors of all parameters that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`,
 * …, `output.weight`, `output.bias`. A tensor that several layers share has the first one's name.
 */
export function siameseParameters(siamese: Siamese): Record<string, Tensor> {
  return tensorsByName(parametersOfSiamese(siamese));
}
