import { finiteFigure } from '@deepbelief/training';
import { mean, squaredDifference, tidy, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { reconstruct } from './conditionals.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/**
 * Returns the mean squared difference per value between data and their mean-field reconstruction.
 *
 * It shows that something is being learned, but it is not what training minimizes: a model with a
 * higher likelihood can reconstruct worse. Watch the free-energy gap and, if available, the
 * likelihood.
 *
 * @param visible data, shape [batch, visible]
 * @throws RangeError if the data do not fit or have no rows
 * @throws NotFiniteError if the error is not finite
 */
export async function reconstructionError(rbm: Rbm, visible: Tensor2D): Promise<number> {
  const error = tidy(() => {
    const states = visibleStates('reconstructionError', rbm, visible);
    return mean<Scalar>(squaredDifference(states, reconstruct(rbm, states)));
  });
  const [value] = await error.data();
  error.dispose();
  return finiteFigure('reconstructionError', value!);
}
