import { cast, gather, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/** table[index] for each element of `index`, whole numbers within the table, shape as `index`. */
export function lookUp(table: readonly number[], index: Tensor2D): Tensor2D {
  return tidy(() => gather<Tensor2D>([...table], cast(index, 'int32')));
}
