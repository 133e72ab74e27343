import { randomWords, type RandomKey } from '@deepbelief/random';
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
import { checkStates } from './check-states.ts';
import { freeEnergy } from './energy.ts';
import type { Rbm } from './rbm.ts';

/**
 * Stochastic estimate of the log pseudo-likelihood Σᵢ log P(vᵢ | v₋ᵢ) of an RBM with binary visible units, averaged
 * over the batch, in nats: for each example one unit i is drawn and its term multiplied by the number of units.
 * P(vᵢ | v₋ᵢ) = σ(F(v with bit i flipped) − F(v)) (Marlin, Swersky, Chen & de Freitas 2010, section 3.2).
 *
 * @param visible binary data, shape [batch, visible]
 * @throws RangeError when the visible units are not binary or the shape does not fit
 */
export async function pseudoLikelihood(rbm: Rbm, visible: Tensor2D, key: RandomKey): Promise<number> {
  if (rbm.visible.units.type !== 'binary') {
    throw new RangeError(`pseudoLikelihood: the visible units are ${rbm.visible.units.type}, expected binary`);
  }
  const size = rbm.visible.size;
  checkStates('pseudoLikelihood', 'visible', visible, size);
  const estimate = tidy(() => {
    const words = randomWords(key, visible.shape[0]);
    const chosen = Int32Array.from(words, (word) => Math.floor((word / 2 ** 32) * size));
    const mask = oneHot(tensor1d(chosen, 'int32'), size) as Tensor2D;
    const flipped = abs<Tensor2D>(sub(mask, visible));
    // |mask − v| is 1 − v at the chosen bit and v elsewhere, for binary v.
    const gain = sub<Tensor1D>(freeEnergy(rbm, flipped), freeEnergy(rbm, visible));
    return mul<Scalar>(mean(logSigmoid(gain)), size);
  });
  const [value] = await estimate.data();
  estimate.dispose();
  return value!;
}
