import { checkConfig, decodeBundle, encodeBundle, type ConfigRules } from '@deepbelief/training';
import { aList, required } from '@deepbelief/checks';
import { parameterTensors, rbmConfig, rbmFromConfig } from '@deepbelief/rbm/internal';
import { type Json, ModelFileError, type Rbm } from '@deepbelief/rbm';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { Dbn } from './dbn.ts';

/** A stack as files hold it; `rbmFromConfig` checks each layer. */
interface SavedDbn {
  readonly layers: readonly Json[];
}

const rules: ConfigRules<SavedDbn> = { layers: required(aList) };

/**
 * Returns a stack as the bytes of a safetensors file whose header holds each layer's unit types and
 * sizes.
 */
export function encodeDbn(dbn: Dbn): Promise<Uint8Array> {
  const tensors: Record<string, Tensor> = {};
  dbn.layers.forEach((rbm, i) => {
    for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
      tensors[`layer${i + 1}.${name}`] = tensor;
  });
  return encodeBundle('dbn', { layers: dbn.layers.map(rbmConfig) }, tensors);
}

/**
 * Reads what `encodeDbn` wrote. The caller owns the stack.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError if the bytes are damaged or of another kind
 */
export function decodeDbn(bytes: Uint8Array, file: string): Dbn {
  const { config, tensors } = decodeBundle(bytes, file, 'dbn');
  const dbn = new Dbn();
  try {
    const { layers } = checkConfig<SavedDbn>(file, "not a stack's configuration", config, rules);
    layers.forEach((layer, i) =>
      pushOnto(dbn, rbmFromConfig(layer, tensors, `layer${i + 1}.`, file), file),
    );
    return dbn;
  } catch (error) {
    dbn.dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
}

function pushOnto(dbn: Dbn, rbm: Rbm, file: string): void {
  try {
    dbn.push(rbm);
  } catch (error) {
    rbm.dispose();
    throw new ModelFileError(file, (error as Error).message);
  }
}
