import { checkFloats, checkOptionNames } from '@deepbelief/checks';
import { keep, mul, step, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Connection, ConnectionConfig, ConnectionType } from './connection.ts';
import { matrixConnection } from './dense.ts';
import { checkReceptiveFields, receptiveFields, type ReceptiveFields } from './receptive-fields.ts';

/**
 * Connects each hidden unit only with a square of the picture: W is a matrix whose weights outside
 * the units' receptive fields are zero and stay zero.
 *
 * @param fields where the squares are: see `receptiveFields`
 * @param weights W, shape [visible, hidden]; the connection owns it. Weights outside the fields
 *   become zero
 * @throws RangeError if the weights are not a float32 matrix, or the fields do not fit them
 */
export function masked(fields: ReceptiveFields, weights: Tensor2D): Connection {
  checkFloats('masked', 'weights', weights, ['visible', 'hidden']);
  const factors = factorsOf(fields, weights.shape);
  const mask = keep(tidy(() => step(factors)));
  factors.dispose();
  const inside = mul<Tensor2D>(weights, mask);
  weights.dispose();
  return maskedBy(mask, fields, inside, () => mask.dispose());
}

function maskedBy(
  mask: Tensor2D,
  { shape, side, seed = 0 }: ReceptiveFields,
  weights: Tensor2D,
  dispose: () => void,
): Connection {
  const fields = { shape, side, seed };
  return matrixConnection(weights, {
    config: { type: 'masked', ...fields },
    constrain: (w) => mul(w, mask),
    withWeights: (w) => maskedBy(mask, fields, w as Tensor2D, () => {}),
    dispose,
  });
}

/**
 * See `masked`. Weights start as a dense matrix's, scaled up so that inputs have the same variance.
 */
export const maskedType: ConnectionType = {
  weightsShape(config, { visible, hidden }) {
    checkReceptiveFields('masked', fieldsOf(config), visible);
    return [visible, hidden];
  },
  start: (config, _sizes, normals) =>
    mul(normals, factorsOf(fieldsOf(config), normals.shape as [number, number])),
  make: (config, _sizes, weights) => masked(fieldsOf(config), weights as Tensor2D),
};

function fieldsOf(config: ConnectionConfig): ReceptiveFields {
  checkOptionNames('masked', config, ['type', 'shape', 'side', 'seed']);
  return config as ConnectionConfig & ReceptiveFields;
}

function factorsOf(fields: ReceptiveFields, shape: [number, number]): Tensor2D {
  return tensor2d(receptiveFields('masked', fields, ...shape), shape);
}
