import { decodeBundle, encodeBundle } from '@deepbelief/training';
import { dispose } from '@tensorflow/tfjs-core';
import { parameterTensors } from './parameters.ts';
import { rbmConfig, rbmFromConfig } from './rbm-config.ts';
import type { Rbm } from './rbm.ts';

/**
 * Returns an RBM as the bytes of a safetensors file whose header holds its unit types and sizes.
 */
export function encodeRbm(rbm: Rbm): Promise<Uint8Array> {
  return encodeBundle('rbm', rbmConfig(rbm), parameterTensors(rbm));
}

/**
 * Reads what `encodeRbm` wrote.
 *
 * @param file the file's name, for errors
 * @throws SafetensorsError or ModelFileError if the bytes are damaged or of another kind
 */
export function decodeRbm(bytes: Uint8Array, file: string): Rbm {
  const { config, tensors } = decodeBundle(bytes, file, 'rbm');
  try {
    return rbmFromConfig(config, tensors, '', file);
  } finally {
    dispose(tensors);
  }
}
