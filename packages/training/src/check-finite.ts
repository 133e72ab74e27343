import { countOutside } from '@deepbelief/kernels';
import { getBackend, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { NotFiniteError } from './not-finite-error.ts';

/**
 * Whether numbers can be read in the midst of a computation at no cost. On a GPU they cannot: a
 * reader waits until all work before them is done.
 */
export function readsAtOnce(): boolean {
  return ['cpu', 'wasm'].includes(getBackend());
}

/**
 * Throws unless all numbers of a tensor are finite, where numbers can be read at once; elsewhere
 * nothing happens, and `checkFinite` finds it out when the numbers are read.
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
 * Throws unless all numbers of a tensor are finite: on a GPU, where functions such as `gibbs`
 * cannot look at what they return, this does.
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

/** The number itself if it is finite, as what a function computed; else throws a NotFiniteError. */
export function finiteFigure(where: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new NotFiniteError(
    `${where}: the result is ${value}, expected a finite number; likely cause: NaN in the ` +
      'data (replace it, or leave ' +
      'the example out) or a model whose numbers overflow (train it with a smaller learning rate)',
  );
}

function refuse(where: string, what: string, { size }: Tensor, cause: string, bad: number): void {
  if (bad === 0) return;
  throw new NotFiniteError(
    `${where}: ${bad} of ${size} ${what} are not finite; likely cause: ${cause}`,
  );
}
