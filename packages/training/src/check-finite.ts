import { countOutside } from '@deepbelief/kernels';
import { getBackend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { NotFiniteError } from './not-finite-error.ts';

/**
 * Tells whether numbers can be read in the middle of a computation at no cost. On a GPU they
 * cannot: reading waits for all earlier work.
 */
export function readsAtOnce(): boolean {
  return ['cpu', 'wasm'].includes(getBackend());
}

/**
 * Throws unless all numbers of a tensor are finite, if numbers can be read at once. Otherwise it
 * does nothing, and `checkFinite` checks them when they are read.
 *
 * @param where the function, for errors
 * @param what the numbers, for errors
 * @param cause what probably went wrong, and the remedy
 * @throws NotFiniteError
 */
export function checkFiniteAtOnce(
  where: string,
  what: string,
  values: Tensor,
  cause: string,
): void {
  if (!readsAtOnce()) return;
  const [bad] = tidy(() => countOutside(values, -Infinity, Infinity).dataSync());
  refuse(where, what, values, cause, bad!);
}

/**
 * Throws unless all numbers of a tensor are finite. On a GPU, functions such as `gibbs` cannot
 * check what they return; this can.
 *
 * @param where the function, for errors
 * @param what the numbers, for errors
 * @param cause what probably went wrong, and the remedy
 * @throws NotFiniteError
 */
export async function checkFinite(
  where: string,
  what: string,
  values: Tensor,
  cause: string,
): Promise<void> {
  const count = countOutside(values, -Infinity, Infinity);
  const [bad] = await count.data();
  count.dispose();
  refuse(where, what, values, cause, bad!);
}

/**
 * Returns the number that a function computed if it is finite; otherwise throws a NotFiniteError.
 */
export function finiteFigure(where: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new NotFiniteError(
    `${where}: the result is ${value}, expected a finite number; likely cause: NaN in the data ` +
      '(replace it, or leave the example out) or a model whose numbers overflow (train it with a ' +
      'smaller learning rate)',
  );
}

function refuse(where: string, what: string, { size }: Tensor, cause: string, bad: number): void {
  if (bad === 0) return;
  throw new NotFiniteError(
    `${where}: ${bad} of ${size} ${what} are not finite; likely cause: ${cause}`,
  );
}
