import {
  decodeBundle,
  encodeBundle,
  firstIssue,
  type Json,
  ModelFileError,
  savedUnits,
  unitsSchema,
} from '@deepbelief/rbm';
import { dispose, zeros, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { Classifier, type ClassifierLayer } from './classifier.ts';
import { classifierParameters } from './classifier-parameters.ts';

const schema = z.strictObject({
  inputs: z.int().positive(),
  layers: z.array(
    z.strictObject({
      units: unitsSchema,
      size: z.int().positive(),
      zeroBias: z.boolean(),
    }),
  ),
  classes: z.int().min(2),
});

/** What makes a classifier beside its parameters, as plain data. */
export function classifierConfig(classifier: Classifier): Json {
  return {
    inputs: classifier.inputs,
    layers: classifier.layers.map(({ units, bias, zeroBias }) => ({
      units: units.config,
      size: bias.shape[0],
      zeroBias,
    })),
    classes: classifier.classes,
  };
}

/** All tensors of a classifier by name: those that fine-tuning moves and the unit types' own. */
export function classifierTensors(classifier: Classifier): Record<string, Tensor> {
  const tensors = classifierParameters(classifier);
  classifier.layers.forEach(({ parameters }, i) => {
    for (const [name, tensor] of Object.entries(parameters) as [string, Tensor][]) {
      tensors[`layer${i + 1}.${name}`] = tensor;
    }
  });
  return tensors;
}

/** A classifier as the bytes of a safetensors file whose header holds its layers' unit types and sizes. */
export function encodeClassifier(classifier: Classifier): Promise<Uint8Array> {
  return encodeBundle('classifier', classifierConfig(classifier), classifierTensors(classifier));
}

/**
 * Reads what `encodeClassifier` wrote. The caller owns the classifier.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError when the bytes are something else or damaged
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
 * A classifier from its configuration and tensors, which it takes over and removes from `tensors`.
 *
 * @param prefix of the tensors' names
 * @param file for errors
 * @throws ModelFileError when the configuration is none of a classifier or a tensor is missing or of another shape
 */
export function classifierFromConfig(
  config: Json,
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
): Classifier {
  const parsed = schema.safeParse(config);
  if (!parsed.success) throw new ModelFileError(file, `no configuration of a classifier: ${firstIssue(parsed.error)}`);
  const { layers: layerConfigs, classes } = parsed.data;
  const taken: Tensor[] = [];
  const take = (name: string, shape: readonly number[]): Tensor => {
    const found = tensors[prefix + name];
    if (found === undefined || found.shape.join() !== shape.join()) {
      const problem = found === undefined ? 'is missing' : `has shape [${found.shape.join(', ')}]`;
      throw new ModelFileError(file, `tensor ${prefix}${name} ${problem}, expected shape [${shape.join(', ')}]`);
    }
    delete tensors[prefix + name];
    taken.push(found);
    return found;
  };
  try {
    let inputs = parsed.data.inputs;
    const layers = layerConfigs.map(({ units: unitsConfig, size, zeroBias }, i): ClassifierLayer => {
      const name = `layer${i + 1}`;
      const units = savedUnits(unitsConfig, size, file);
      // First, since it proves the size, which may be any number in a damaged file.
      const weights = take(`${name}.weights`, [inputs, size]) as Tensor2D;
      const own = Object.keys(units.initialParameters(size));
      const parameters = Object.fromEntries(own.map((parameter) => [parameter, take(`${name}.${parameter}`, [size])]));
      const bias = (zeroBias ? zeros([size]) : take(`${name}.bias`, [size])) as Tensor1D;
      taken.push(bias);
      inputs = size;
      return { units, weights, bias, parameters, zeroBias };
    });
    const weights = take('output.weights', [inputs, classes]) as Tensor2D;
    return new Classifier(layers, { weights, bias: take('output.bias', [classes]) as Tensor1D });
  } catch (error) {
    dispose(taken);
    throw error;
  }
}
