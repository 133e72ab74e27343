import { checkFloats } from '@deepbelief/checks';
import { matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Connection } from './connection.ts';

/**
 * Every visible unit is connected with every hidden one: W is a matrix of its own (Smolensky 1986).
 *
 * @param weights W, shape [visible, hidden]; the connection owns it
 * @throws RangeError when it is not a float32 matrix
 */
export function dense(weights: Tensor2D): Connection {
  checkFloats('dense', 'weights', weights, ['visible', 'hidden']);
  const [visible, hidden] = weights.shape;
  const connection: Connection = {
    type: 'dense',
    config: { type: 'dense' },
    visible,
    hidden,
    weights,
    get matrix() {
      return connection.weights as Tensor2D;
    },
    up: (states, w: Tensor = connection.weights) => matMul(states, w as Tensor2D),
    down: (states, w: Tensor = connection.weights) => matMul(states, w as Tensor2D, false, true),
    product: (left, right) => ({ left, right }),
    dispose: () => connection.weights.dispose(),
  };
  return connection;
}
