import { decodeBundle, encodeBundle, firstIssue } from '@deepbelief/training';
import { type Json, ModelFileError } from '@deepbelief/rbm';
import { dispose, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { areNames, Classifier } from './classifier.ts';
import { classifierParameters } from './classifier-parameters.ts';
import {
  layersConfig,
  layersSchema,
  savedLayers,
  takingTensors,
  unitTensors,
} from './saved-layers.ts';

const schema = z
  .strictObject({
    inputs: z.int().positive(),
    layers: layersSchema,
    classes: z.int().min(2),
    classNames: z.array(z.string()).optional(),
  })
  .refine(({ classes, classNames }) => classNames === undefined || areNames(classNames, classes), {
    message: 'classNames are not one name for each class',
  });

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
  const parsed = schema.safeParse(config);
  if (!parsed.success)
    throw new ModelFileError(file, `not a classifier's configuration: ${firstIssue(parsed.error)}`);
  const { inputs, classes, classNames } = parsed.data;
  return takingTensors(tensors, prefix, file, (take, own) => {
    const layers = savedLayers(inputs, parsed.data.layers, take, own, file);
    const weights = take('output.weights', [
      parsed.data.layers.at(-1)?.size ?? inputs,
      classes,
    ]) as Tensor2D;
    return new Classifier(
      layers,
      { weights, bias: take('output.bias', [classes]) as Tensor1D },
      classNames,
    );
  });
}
