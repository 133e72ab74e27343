import { parameterOf, type Parameter } from '@deepbelief/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { layerParameters, setByName, tensorsByName } from './layer-parameters.ts';

/**
 * All parameters that fine-tuning moves: those of the layers, `output.weights` and `output.bias`.
 */
export function parametersOfClassifier({ layers, output }: Classifier): Parameter[] {
  return [
    ...layerParameters(layers),
    parameterOf({ name: 'output.weights', kind: 'weights' }, output, 'weights'),
    parameterOf({ name: 'output.bias', kind: 'bias' }, output, 'bias'),
  ];
}

/**
 * The tensors of all parameters that fine-tuning moves, by name: `layer1.weights`, `layer1.bias`,
 * …, `output.weights`, `output.bias`. A tensor that several layers share has the first one's name.
 */
export function classifierParameters(classifier: Classifier): Record<string, Tensor> {
  return tensorsByName(parametersOfClassifier(classifier));
}

/** Replaces a parameter's tensor and disposes the old one if it is another. */
export function setClassifierParameter(classifier: Classifier, name: string, value: Tensor): void {
  setByName(parametersOfClassifier(classifier), name, value);
}
