import { finiteFigure } from '@deepbelief/training';
import { mean, tidy, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';
import { freeEnergy } from './energy.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/**
 * Returns the mean free energy of validation data minus that of training data. Both contain the
 * same unknown log Z, which cancels. A gap that grows from zero means overfitting (Hinton 2010, "A
 * practical guide to training RBMs", section 6).
 *
 * @param training some training data, shape [batch, visible]: always the same examples
 * @param validation data that is not trained on, shape [batch, visible]
 * @throws RangeError if either does not fit or has no rows
 * @throws NotFiniteError if the gap is not finite
 */
export async function freeEnergyGap(
  rbm: Rbm,
  training: Tensor2D,
  validation: Tensor2D,
): Promise<number> {
  const means = tidy(() =>
    Object.entries({ training, validation }).map(([what, data]) =>
      mean<Scalar>(freeEnergy(rbm, visibleStates('freeEnergyGap', rbm, data, what))),
    ),
  );
  const [inTraining, inValidation] = await Promise.all(
    means.map(async (value) => (await value.data())[0]!),
  );
  for (const value of means) value.dispose();
  return finiteFigure('freeEnergyGap', inValidation! - inTraining!);
}
