import { gaussian, binary } from '@deepbelief/units';
import { dispose } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createRbm, gradient, hiddenMean, RbmTrainer } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import {
  expectClose,
  expectNoLeak,
  matrix,
  numbers,
  take,
  vector,
} from '@deepbelief/test-support/tensors';

const weights = [
  [0.5, -0.3],
  [-0.8, 0.6],
  [0.2, 0.9],
];
const visibleBias = [0.1, -0.2, 0.3];
const hiddenBias = [0.4, -0.5];
const logPrecision = [0.3, -0.4];
const data = [
  [1, 0, 1],
  [0, 1, 1],
];
const states = Array.from({ length: 8 }, (_, n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1]);

/**
 * The mean log-likelihood of an RBM with binary visible units and Gaussian hidden ones of log
 * precisions `log γ`, whose integral over the hidden states is known: Σⱼ xⱼ²/2γⱼ + ½ log(2π/γⱼ).
 */
function logLikelihood(logs: readonly number[]): number {
  const weight = (v: readonly number[]): number =>
    v.reduce((sum, s, i) => sum + s * visibleBias[i]!, 0) +
    logs.reduce((sum, log, j) => {
      const x = v.reduce((total, s, i) => total + s * weights[i]![j]!, hiddenBias[j]!);
      return sum + x ** 2 / (2 * Math.exp(log)) + (Math.log(2 * Math.PI) - log) / 2;
    }, 0);
  const logZ = Math.log(states.reduce((sum, v) => sum + Math.exp(weight(v)), 0));
  return data.reduce((sum, v) => sum + (weight(v) - logZ) / data.length, 0);
}

test("the gradient of hidden units' own parameters is that of the enumerated log-likelihood", () =>
  expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: binary(), size: 3 },
      hidden: { units: gaussian({ learnSigma: true }), size: 2 },
    });
    setParameter(rbm, 'weights', matrix(weights));
    setParameter(rbm, 'visible.bias', vector(visibleBias));
    setParameter(rbm, 'hidden.bias', vector(hiddenBias));
    setParameter(rbm, 'hidden.logPrecision', vector(logPrecision));
    const logits = states.map((v) => {
      const x = hiddenBias.map((b, j) => v.reduce((sum, s, i) => sum + s * weights[i]![j]!, b));
      return (
        v.reduce((sum, s, i) => sum + s * visibleBias[i]!, 0) +
        x.reduce((sum, value, j) => sum + value ** 2 / (2 * Math.exp(logPrecision[j]!)), 0)
      );
    });
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const found = [0, 0];
    const visible = matrix(data);
    const hidden = hiddenMean(rbm, visible);
    states.forEach((state, n) => {
      const row = matrix([state]);
      const rowHidden = hiddenMean(rbm, row);
      const slope = gradient(rbm, { visible, hidden }, { visible: row, hidden: rowHidden });
      numbers(slope.hiddenParameters['logPrecision']!).forEach((value, j) => {
        found[j]! += (Math.exp(logits[n]!) / total) * value;
      });
      dispose([row, rowHidden, { ...slope }]);
    });
    const expected = logPrecision.map((_, j) => {
      const at = (change: number): number =>
        logLikelihood(logPrecision.map((value, i) => (i === j ? value + change : value)));
      return (at(1e-4) - at(-1e-4)) / 2e-4;
    });
    expectClose(found, expected, { relative: 1e-4, absolute: 1e-5 });
    dispose([visible, hidden]);
    rbm.dispose();
  }));

test('training moves them, by at most a tenth a step and within bounds', () =>
  expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: binary(), size: 3 },
      hidden: { units: gaussian({ learnSigma: true }), size: 2 },
      weightScale: 0.5,
      seed: 3,
    });
    const trainer = new RbmTrainer(rbm, {
      learningRate: 10,
      parameterRate: 100,
      explosionLimit: 1e9,
    });
    const batch = matrix(data);
    trainer.step(batch);
    const moved = take(rbm.hidden.parameters['logPrecision']!.clone());
    expect(moved.some((value) => value !== 0)).toBe(true);
    for (const value of moved) expect(Math.abs(value)).toBeLessThanOrEqual(0.1 + 1e-6);
    batch.dispose();
    trainer.dispose();
    rbm.dispose();
  }));
