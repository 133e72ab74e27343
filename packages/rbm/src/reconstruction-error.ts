import { mean, squaredDifference, tidy, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { reconstruct } from './conditionals.ts';
import type { Rbm } from './rbm.ts';

/**
 * Mean squared difference, a value, of data and their mean-field reconstruction.
 *
 * It shows that something is being learnt, but it is not what training minimises: a model of higher likelihood can
 * reconstruct worse. Watch the free-energy gap and, where it can be had, the likelihood.
 *
 * @param visible data, shape [batch, visible]
 */
export async function reconstructionError(rbm: Rbm, visible: Tensor2D): Promise<number> {
  const error = tidy(() => mean<Scalar>(squaredDifference(visible, reconstruct(rbm, visible))));
  const [value] = await error.data();
  error.dispose();
  return value!;
}
