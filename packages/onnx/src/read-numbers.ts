import { argumentError, checkTensor } from '@deepbelief/checks';
import { NotFiniteError } from '@deepbelief/rbm';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Numbers } from './graph.ts';

/** What a file can hold: protobuf counts its bytes in 31 bits. */
const MOST_BYTES = 2 ** 31 - 2 ** 20;

/**
 * Reads tensors once, by name. A tensor that has several names, such as tied weights, is stored
 * once under its first.
 *
 * @throws RangeError for a tensor that is disposed, or for more numbers than an ONNX file can hold
 * @throws NotFiniteError for NaN or infinite numbers
 */
export async function readNumbers(
  tensors: Readonly<Record<string, Tensor>>,
): Promise<(tensor: Tensor) => Numbers> {
  const read = new Map<Tensor, Numbers>();
  for (const [name, tensor] of Object.entries(tensors)) checkTensor('encodeOnnx', name, tensor);
  const bytes = 4 * [...new Set(Object.values(tensors))].reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    throw argumentError(
      `encodeOnnx: the model has ${bytes} bytes of weights, expected at most ${MOST_BYTES}, ` +
        'which one ONNX file can hold',
    );
  }
  for (const [name, tensor] of Object.entries(tensors)) {
    if (read.has(tensor)) continue;
    const data = Float32Array.from(await tensor.data<'float32'>());
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new NotFiniteError(
        `encodeOnnx: ${name} has ${data[bad]} at ${bad}, expected finite numbers; likely cause: ` +
          'training diverged (go back to the last good state)',
      );
    }
    read.set(tensor, { name, shape: tensor.shape, data });
  }
  return (tensor) => read.get(tensor)!;
}
