import { Dbn, type Classifier } from '@deepbelief/dbn';
import {
  classifierConfig,
  classifierFromConfig,
  classifierTensors,
} from '@deepbelief/dbn/internal';
import { parameterTensors, rbmConfig, rbmFromConfig } from '@deepbelief/rbm/internal';
import { parseSchema, rowWidth } from '@deepbelief/tables';
import {
  decodeBundle,
  encodeBundle,
  ModelFileError,
  readBundleHeader,
  type Json,
} from '@deepbelief/training';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { classNames, type ModelInputs } from './model-inputs.ts';
import { Model } from './model.ts';

/** The kind that the header of a model's file names. */
const KIND = 'model';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const schema = z.strictObject({
  inputs: z.strictObject({
    schema: z.json(),
    cells: z.record(
      z.string(),
      z.strictObject({
        type: z.enum(['text', 'number', 'boolean']),
        whole: z.boolean(),
        constant: cell.optional(),
      }),
    ),
  }),
  layers: z.array(z.json()).min(1),
  classifier: z.json().optional(),
  training: z.record(z.string(), z.json()),
});

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
    const parsed = schema.safeParse(config);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') ?? '';
      const what = `${where === '' ? 'it' : where} does not fit (${issue?.message ?? 'unknown'})`;
      throw new ModelFileError(file, `not a model's configuration: ${what}`);
    }
    const { inputs, layers, training, classifier: classifierJson } = parsed.data;
    layers.forEach((layer, i) => dbn.push(rbmFromConfig(layer, tensors, `layer${i + 1}.`, file)));
    if (classifierJson !== undefined) {
      classifier = classifierFromConfig(classifierJson, tensors, 'classifier.', file);
    }
    const known: ModelInputs = {
      schema: parseSchema(JSON.stringify(inputs.schema), file),
      units: dbn.layers[0]!.visible.units.config,
      cells: inputs.cells,
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
