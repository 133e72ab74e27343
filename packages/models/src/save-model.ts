import { anything, flag, oneOf, required, shown, type OptionRule } from '@deepbelief/checks';
import { Dbn, type Classifier } from '@deepbelief/dbn';
import {
  classifierConfig,
  classifierFromConfig,
  classifierTensors,
} from '@deepbelief/dbn/internal';
import { parameterTensors, rbmConfig, rbmFromConfig } from '@deepbelief/rbm/internal';
import { parseSchema, rowWidth } from '@deepbelief/tables';
import {
  checkConfig,
  decodeBundle,
  encodeBundle,
  ModelFileError,
  readBundleHeader,
  type ConfigRules,
  type Json,
} from '@deepbelief/training';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { classNames, type CellForm, type ModelInputs } from './model-inputs.ts';
import { Model } from './model.ts';

/** The kind that the header of a model's file names. */
const KIND = 'model';

const NOT_ONE = "not a model's configuration";

/** The configuration in a model's file. */
interface SavedModel {
  readonly inputs: Json;
  readonly layers: readonly Json[];
  readonly classifier?: Json;
  readonly training: { readonly [name: string]: Json };
}

interface SavedInputs {
  readonly schema: Json;
  readonly cells: { readonly [name: string]: Json };
}

const anObject: OptionRule = {
  expected: 'an object',
  accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const modelRules: ConfigRules<SavedModel> = {
  inputs: anObject,
  layers: {
    expected: 'a list of one or more layers',
    accepts: (value) => Array.isArray(value) && value.length > 0,
  },
  classifier: anything,
  training: anObject,
};

const inputRules: ConfigRules<SavedInputs> = { schema: anObject, cells: anObject };

const cellRules: ConfigRules<CellForm> = {
  type: required(oneOf(['text', 'number', 'boolean'])),
  whole: required(flag),
  constant: {
    expected: 'a text, a number, true, false or null',
    accepts: (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    optional: true,
  },
};

/**
 * Returns a model as the bytes of a safetensors file that holds all of it: parameters, what its
 * inputs were, classes.
 */
export function encodeModel(model: Model): Promise<Uint8Array> {
  const { dbn, classifier, inputs, training } = model;
  const tensors: Record<string, Tensor> = {};
  dbn.layers.forEach((rbm, i) => addTensors(tensors, `layer${i + 1}.`, parameterTensors(rbm)));
  if (classifier !== undefined) {
    addTensors(tensors, 'classifier.', classifierTensors(classifier));
  }
  const config = {
    inputs: { schema: inputs.schema, cells: inputs.cells },
    layers: dbn.layers.map(rbmConfig),
    ...(classifier && { classifier: classifierConfig(classifier) }),
    training,
  };
  return encodeBundle(KIND, JSON.parse(JSON.stringify(config)) as Json, tensors);
}

function addTensors(
  all: Record<string, Tensor>,
  prefix: string,
  own: Readonly<Record<string, Tensor>>,
): void {
  for (const [name, tensor] of Object.entries(own)) all[prefix + name] = tensor;
}

/**
 * Reads what `encodeModel` wrote.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError, ModelFileError or TableError for bytes that are damaged or of another
 *   kind
 */
export function decodeModel(bytes: Uint8Array, file: string): Model {
  const { kind } = readBundleHeader(bytes, file);
  if (kind !== KIND) {
    throw new ModelFileError(
      file,
      `holds a ${kind}, expected a model of a table or of arrays: train it with deepbelief train ` +
        '--data FILE',
    );
  }
  const { config, tensors } = decodeBundle(bytes, file, KIND);
  const dbn = new Dbn();
  let classifier: Classifier | undefined;
  try {
    const saved = checkConfig<SavedModel>(file, NOT_ONE, config, modelRules);
    const { layers, training, classifier: classifierJson } = saved;
    const inputs = checkConfig<SavedInputs>(file, `${NOT_ONE}: inputs`, saved.inputs, inputRules);
    const cells = Object.entries(inputs.cells).map(([name, form]) => {
      const where = `${NOT_ONE}: inputs.cells of ${shown(name)}`;
      return [name, checkConfig<CellForm>(file, where, form, cellRules)] as const;
    });
    layers.forEach((layer, i) => dbn.push(rbmFromConfig(layer, tensors, `layer${i + 1}.`, file)));
    if (classifierJson !== undefined) {
      classifier = classifierFromConfig(classifierJson, tensors, 'classifier.', file);
    }
    const known: ModelInputs = {
      schema: parseSchema(JSON.stringify(inputs.schema), file),
      units: dbn.layers[0]!.visible.units.config,
      cells: Object.fromEntries(cells),
    };
    checkSizes(known, dbn, classifier, file);
    return new Model({ inputs: known, dbn, classifier, training });
  } catch (error) {
    dbn.dispose();
    classifier?.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

/** Throws a ModelFileError unless the layers and the classifier are of the schema's sizes. */
function checkSizes(
  inputs: ModelInputs,
  dbn: Dbn,
  classifier: Classifier | undefined,
  file: string,
): void {
  const width = rowWidth(inputs.schema);
  const classes = classNames(inputs)?.length;
  const found = [dbn.layers[0]!.visible.size, classifier?.inputs ?? width, classifier?.classes];
  if (found[0] === width && found[1] === width && found[2] === classes) return;
  throw new ModelFileError(
    file,
    `layers of ${found[0]} and ${found[1]} inputs and ${found[2] ?? 'no'} classes, expected ` +
      `${width} and ${classes ?? 'no'}, as its schema has: restore the file from a copy`,
  );
}
