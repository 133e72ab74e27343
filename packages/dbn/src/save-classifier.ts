import { aList, shown } from '@deepbelief/checks';
import {
  checkConfig,
  decodeBundle,
  encodeBundle,
  wholeFrom,
  type ConfigRules,
} from '@deepbelief/training';
import { type Json, ModelFileError } from '@deepbelief/rbm';
import { dispose, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { areNames, Classifier } from './classifier.ts';
import { classifierParameters } from './classifier-parameters.ts';
import {
  checkLayers,
  layersConfig,
  netRules,
  savedLayers,
  takingTensors,
  unitTensors,
} from './saved-layers.ts';

/** A classifier as files hold it. */
interface SavedClassifier {
  readonly inputs: number;
  readonly layers: readonly Json[];
  readonly classes: number;
  readonly classNames?: readonly string[];
}

const rules: ConfigRules<SavedClassifier> = {
  ...netRules,
  classes: wholeFrom(2),
  classNames: aList,
};

/** A classifier without its parameters, as plain data. */
export function classifierConfig(classifier: Classifier): Json {
  const { inputs, layers, classes, classNames } = classifier;
  return {
    inputs,
    layers: layersConfig(layers),
    classes,
    ...(classNames && { classNames: [...classNames] }),
  };
}

/** All tensors of a classifier by name: those that fine-tuning moves and the unit types' own. */
export function classifierTensors(classifier: Classifier): Record<string, Tensor> {
  return { ...classifierParameters(classifier), ...unitTensors(classifier.layers) };
}

/**
 * Returns a classifier as the bytes of a safetensors file whose header holds its layers' unit types
 * and sizes.
 */
export function encodeClassifier(classifier: Classifier): Promise<Uint8Array> {
  return encodeBundle('classifier', classifierConfig(classifier), classifierTensors(classifier));
}

/**
 * Reads what `encodeClassifier` wrote. The caller owns the classifier.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError if the bytes are damaged or of another kind
 */
export function decodeClassifier(bytes: Uint8Array, file: string): Classifier {
  const { config, tensors } = decodeBundle(bytes, file, 'classifier');
  try {
    return classifierFromConfig(config, tensors, '', file);
  } finally {
    dispose(tensors);
  }
}

/**
 * Makes a classifier from its configuration and tensors, which it owns and removes from `tensors`.
 *
 * @param prefix of the tensors' names
 * @param file for errors
 * @throws ModelFileError if this is not a classifier's configuration, or a tensor is missing or has
 *   another shape
 */
export function classifierFromConfig(
  config: Json,
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
): Classifier {
  const where = "not a classifier's configuration";
  const saved = checkConfig<SavedClassifier>(file, where, config, rules);
  const { inputs, classes, classNames } = saved;
  if (classNames !== undefined && !areNames(classNames, classes)) {
    throw new ModelFileError(
      file,
      `${where}: classNames is ${shown(classNames)}, expected ${classes} different names`,
    );
  }
  const layerConfigs = checkLayers(file, where, saved.layers);
  return takingTensors(tensors, prefix, file, (take, own) => {
    const layers = savedLayers(inputs, layerConfigs, take, own, file);
    const weights = take('output.weights', [
      layerConfigs.at(-1)?.size ?? inputs,
      classes,
    ]) as Tensor2D;
    return new Classifier(
      layers,
      { weights, bias: take('output.bias', [classes]) as Tensor1D },
      classNames,
    );
  });
}
