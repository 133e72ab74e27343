import { argumentError } from './argument-error.ts';
import { cast, Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { shown } from './shown.ts';

/**
 * Returns states in the form that every computation here needs: float32 of shape [batch, size],
 * with at least one row. A float32 tensor is returned as it is. Integers and booleans are cast to a
 * new tensor, so call this within `tidy`. (A backend would read the bits of integers as floats.)
 *
 * @param where the function, for errors
 * @param what the argument, for errors
 * @param size units of the layer; undefined if any number is right
 * @throws RangeError if it is not a tensor, is disposed, has no rows, or has another shape or dtype
 */
export function floatStates(
  where: string,
  what: string,
  states: Tensor2D,
  size: number | undefined,
): Tensor2D {
  checkTensor(where, what, states);
  const { shape, dtype } = states;
  const expected = `[batch, ${size ?? 'units'}]`;
  if (shape.length !== 2 || (size !== undefined && shape[1] !== size)) {
    throw argumentError(`${where}: ${what} has shape [${shape.join(', ')}], expected ${expected}`);
  }
  if (shape[0] === 0 || shape[1] === 0) {
    throw argumentError(
      `${where}: ${what} has shape [${shape.join(', ')}], expected ${expected} with a row or more`,
    );
  }
  if (dtype === 'float32') return states;
  if (dtype === 'int32' || dtype === 'bool') return cast(states, 'float32');
  throw argumentError(`${where}: ${what} is ${dtype}, expected float32, int32 or bool`);
}

/**
 * Throws a RangeError unless the argument is a tensor that is not disposed.
 *
 * @param where the function, for errors
 * @param what the argument, for errors
 */
export function checkTensor(where: string, what: string, value: Tensor): void {
  if (!(value instanceof Tensor)) {
    throw argumentError(
      `${where}: ${what} is ${shown(value)}, expected a tensor; tf.tensor2d makes one`,
    );
  }
  if (value.isDisposed)
    throw argumentError(`${where}: ${what} is disposed, expected a tensor that still has values`);
}
