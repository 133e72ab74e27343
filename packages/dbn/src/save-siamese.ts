import { present } from '@deepbelief/checks';
import { checkConfig, decodeBundle, encodeBundle, type ConfigRules } from '@deepbelief/training';
import { type Json, ModelFileError } from '@deepbelief/rbm';
import { dispose, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import {
  checkLayers,
  layersConfig,
  netRules,
  savedLayers,
  takingTensors,
  unitTensors,
} from './saved-layers.ts';
import { Siamese } from './siamese.ts';
import { siameseParameters } from './siamese-parameters.ts';

/** A Siamese net as files hold it. */
interface SavedSiamese {
  readonly inputs: number;
  readonly layers: readonly Json[];
  readonly preparation: Json;
}

const rules: ConfigRules<SavedSiamese> = { ...netRules, preparation: present };

/** A Siamese net without its parameters, as plain data. */
export function siameseConfig(siamese: Siamese): Json {
  return {
    inputs: siamese.inputs,
    layers: layersConfig(siamese.layers),
    preparation: siamese.preparation,
  };
}

/** All tensors of a Siamese net by name: those that fine-tuning moves and the unit types' own. */
export function siameseTensors(siamese: Siamese): Record<string, Tensor> {
  return { ...siameseParameters(siamese), ...unitTensors(siamese.layers) };
}

/**
 * Returns a Siamese net as the bytes of a safetensors file whose header holds its layers and how
 * inputs are prepared.
 */
export function encodeSiamese(siamese: Siamese): Promise<Uint8Array> {
  return encodeBundle('siamese', siameseConfig(siamese), siameseTensors(siamese));
}

/**
 * Reads what `encodeSiamese` wrote. The caller owns the net.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError if the bytes are damaged or of another kind
 */
export function decodeSiamese(bytes: Uint8Array, file: string): Siamese {
  const { config, tensors } = decodeBundle(bytes, file, 'siamese');
  try {
    return siameseFromConfig(config, tensors, '', file);
  } finally {
    dispose(tensors);
  }
}

/**
 * Makes a Siamese net from its configuration and tensors, which it owns and removes from `tensors`.
 *
 * @param prefix of the tensors' names
 * @param file for errors
 * @throws ModelFileError if this is not a Siamese net's configuration, or a tensor is missing or
 *   has another shape
 */
export function siameseFromConfig(
  config: Json,
  tensors: Record<string, Tensor>,
  prefix: string,
  file: string,
): Siamese {
  const where = "not a Siamese net's configuration";
  const saved = checkConfig<SavedSiamese>(file, where, config, rules);
  const layers = checkLayers(file, where, saved.layers);
  const { inputs, preparation } = saved;
  if (layers.length === 0) throw new ModelFileError(file, 'no layer in it, expected at least one');
  return takingTensors(tensors, prefix, file, (take, own) => {
    const net = savedLayers(inputs, layers, take, own, file);
    const weight = take('output.weight', [1]) as Tensor1D;
    return new Siamese(net, { weight, bias: take('output.bias', [1]) as Tensor1D }, preparation);
  });
}
