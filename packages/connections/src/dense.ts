import { checkFloats, checkOptionNames } from '@deepbelief/checks';
import { matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Connection, ConnectionType } from './connection.ts';

/**
 * Connects every visible unit with every hidden unit: W is a plain matrix (Smolensky 1986).
 *
 * @param weights W, shape [visible, hidden]; the connection owns it
 * @throws RangeError if it is not a float32 matrix
 */
export function dense(weights: Tensor2D): Connection {
  checkFloats('dense', 'weights', weights, ['visible', 'hidden']);
  return matrixConnection(weights, {
    config: { type: 'dense' },
    withWeights: (w) => dense(w as Tensor2D),
  });
}

/** How connections whose weights are the matrix W itself differ. */
type MatrixOptions = Pick<Connection, 'config' | 'withWeights'> &
  Partial<Pick<Connection, 'constrain' | 'dispose'>>;

/**
 * Makes a connection whose weights are the matrix W itself.
 *
 * @param options `dispose` is called in addition to disposing of the weights
 */
export function matrixConnection(
  weights: Tensor2D,
  { dispose, ...options }: MatrixOptions,
): Connection {
  const [visible, hidden] = weights.shape;
  const connection: Connection = {
    ...options,
    type: options.config.type,
    visible,
    hidden,
    weights,
    get matrix() {
      return connection.weights as Tensor2D;
    },
    up: (states, w: Tensor = connection.weights) => matMul(states, w as Tensor2D),
    down: (states, w: Tensor = connection.weights) => matMul(states, w as Tensor2D, false, true),
    product: (left, right) => ({ left, right }),
    dispose() {
      connection.weights.dispose();
      dispose?.();
    },
  };
  return connection;
}

/** See `dense`. */
export const denseType: ConnectionType = {
  weightsShape(config, { visible, hidden }) {
    checkOptionNames('dense', config, ['type']);
    return [visible, hidden];
  },
  make: (_config, _sizes, weights) => dense(weights as Tensor2D),
};
