import { argumentError } from '@deepbelief/checks';
import { checkInput, finiteFigure, unitsRule } from '@deepbelief/training';
import { randomWords, type RandomKey } from '@deepbelief/random';
import { hasBinaryStates } from '@deepbelief/units';
import {
  abs,
  logSigmoid,
  mean,
  mul,
  oneHot,
  sub,
  tensor1d,
  tidy,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { freeEnergy } from './energy.ts';
import { checkRbm, visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/**
 * Estimates the log pseudo-likelihood Σᵢ log P(vᵢ | v₋ᵢ) of an RBM with binary visible units,
 * averaged over the batch, in nats: for each example, one unit i is drawn and its term multiplied
 * by the number of units. P(vᵢ | v₋ᵢ) = σ(F(v with bit i flipped) − F(v)) (Marlin, Swersky, Chen &
 * de Freitas 2010, section 3.2).
 *
 * @param visible binary data, shape [batch, visible]
 * @throws RangeError if the visible units are not binary, the shape does not fit, there are no
 *   rows, or a value is not between 0 and 1
 */
export async function pseudoLikelihood(
  rbm: Rbm,
  visible: Tensor2D,
  key: RandomKey,
): Promise<number> {
  checkRbm('pseudoLikelihood', rbm);
  if (!hasBinaryStates(rbm.visible.units)) {
    throw argumentError(
      `pseudoLikelihood: the visible units are ${rbm.visible.units.type}, expected binary`,
    );
  }
  const size = rbm.visible.size;
  const estimate = tidy(() => {
    const states = visibleStates('pseudoLikelihood', rbm, visible);
    const words = randomWords(key, states.shape[0]);
    const chosen = Int32Array.from(words, (word) => Math.floor((word / 2 ** 32) * size));
    const mask = oneHot(tensor1d(chosen, 'int32'), size) as Tensor2D;
    const flipped = abs<Tensor2D>(sub(mask, states));
    // |mask − v| is 1 − v at the chosen bit and v elsewhere, for binary v.
    const gain = sub<Tensor1D>(freeEnergy(rbm, flipped), freeEnergy(rbm, states));
    return mul<Scalar>(mean(logSigmoid(gain)), size);
  });
  try {
    await checkInput(unitsRule('pseudoLikelihood', rbm.visible.units), visible);
    const [value] = await estimate.data();
    return finiteFigure('pseudoLikelihood', value!);
  } finally {
    estimate.dispose();
  }
}
