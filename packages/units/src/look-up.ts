import { cast, gather, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Returns table[index] for each element of `index`. These are whole numbers within the table; the
 * shape is that of `index`.
 */
export function lookUp(table: readonly number[], index: Tensor2D): Tensor2D {
  return tidy(() => gather<Tensor2D>([...table], cast(index, 'int32')));
}
