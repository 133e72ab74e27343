import { argumentError, checkFloats, checkNumber } from '@deepbelief/checks';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Shapes by name of what a run keeps besides its model. */
export type StateShapes = Readonly<Record<string, { readonly shape: readonly number[] }>>;

/**
 * Throws a RangeError unless a state has exactly these names, each float32 of the given shape.
 *
 * @param where the function that receives the state, for errors
 */
export function checkState(
  where: string,
  state: Readonly<Record<string, Tensor>>,
  expected: StateShapes,
): void {
  const names = Object.keys(expected);
  for (const name of Object.keys(state)) {
    if (Object.hasOwn(expected, name)) continue;
    throw argumentError(
      `${where}: no state of this run is called ${name}, expected ${names.join(', ')}`,
    );
  }
  for (const name of names) {
    if (state[name] === undefined)
      throw argumentError(`${where}: ${name} is missing, expected ${names.join(', ')}`);
    checkFloats(where, name, state[name], expected[name]!.shape);
  }
}

/**
 * Throws a RangeError unless steps, epochs and minibatches are whole numbers.
 *
 * @param where the function that receives the position, for errors
 */
export function checkPosition(
  where: string,
  position: Readonly<Record<'step' | 'epoch' | 'batch', number>>,
): void {
  for (const name of ['step', 'epoch', 'batch'] as const) {
    checkNumber(where, `position.${name}`, position[name], {
      low: 0,
      high: Number.MAX_SAFE_INTEGER,
      whole: true,
    });
  }
}

/**
 * Throws a RangeError unless this is a total number of epochs. Infinity continues until the caller
 * stops.
 */
export function checkEpochs(where: string, epochs: number): void {
  if (epochs !== Infinity) checkNumber(where, 'epochs', epochs, { low: 0, whole: true });
}

/**
 * Throws a RangeError unless a dataset gave the number of minibatches that follows from its size;
 * otherwise means over an epoch would be wrong.
 *
 * @param where the trainer, for errors
 */
export function checkMinibatches(
  where: string,
  name: string,
  found: number,
  expected: number,
): void {
  if (found === expected) return;
  throw argumentError(
    `${where}: ${name} gave ${found} minibatches in an epoch, expected ${expected} for its size`,
  );
}
