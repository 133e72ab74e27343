import { add, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { centeredBiases, energy, plainBiases, RbmTrainer, type Rbm } from '../src/index.ts';
import { setParameter } from '../src/internal.ts';
import {
  referenceModel,
  visibleProbabilities,
  hiddenStates,
  visibleStates,
} from './support/enumerated-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take, vector } from '@deepbelief/test-support/tensors';

const muOf = (size: number): number[] => Array.from({ length: size }, (_, i) => 0.3 + 0.2 * i);

/** E_v(v) + E_h(h), which both energies contain. */
function unitsOnly(rbm: Rbm, visible: Tensor2D, hidden: Tensor2D): Tensor1D {
  return tidy(() =>
    add<Tensor1D>(rbm.visible.units.energy(visible), rbm.hidden.units.energy(hidden)),
  );
}

test.each(finitePairs)(
  'centered biases of $title units give the plain energies up to a constant',
  async (pair) => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair);
      const { weights } = referenceModel(rbm);
      const offsets = {
        visible: vector(muOf(pair.visible.size)),
        hidden: vector(muOf(pair.hidden.size)),
      };
      const centered = centeredBiases(rbm, offsets);
      const [a, b] = [centered.visible.dataSync(), centered.hidden.dataSync()];
      const [mu, lambda] = [offsets.visible.dataSync(), offsets.hidden.dataSync()];

      const model = referenceModel(rbm);
      const joint = visibleStates(model).flatMap((v) =>
        hiddenStates(model).map((h) => [v.state, h.state] as const),
      );
      const visible = matrix(joint.map(([v]) => v));
      const hidden = matrix(joint.map(([, h]) => h));
      const plain = take(energy(rbm, visible, hidden));
      const unitEnergies = take(unitsOnly(rbm, visible, hidden));
      const differences = joint.map(([v, h], k) => {
        let centeredEnergy = unitEnergies[k]!;
        v.forEach((s, i) => (centeredEnergy -= a[i]! * s));
        h.forEach((t, j) => (centeredEnergy -= b[j]! * t));
        v.forEach((s, i) =>
          h.forEach(
            (t, j) => (centeredEnergy -= (s - mu[i]!) * weights[i]![j]! * (t - lambda[j]!)),
          ),
        );
        return plain[k]! - centeredEnergy;
      });
      expectClose(
        differences,
        differences.map(() => differences[0]!),
        { relative: 0, absolute: 5e-5 },
      );
      for (const tensor of [
        visible,
        hidden,
        centered.visible,
        centered.hidden,
        offsets.visible,
        offsets.hidden,
      ]) {
        tensor.dispose();
      }
      rbm.dispose();
    });
  },
);

test('the way back from centered biases ends where it started', async () => {
  await expectNoLeak(() => {
    for (const pair of finitePairs) {
      const rbm = smallRbm(pair);
      const offsets = {
        visible: vector(muOf(pair.visible.size)),
        hidden: vector(muOf(pair.hidden.size)),
      };
      const centered = centeredBiases(rbm, offsets);
      const back = plainBiases(rbm, centered, offsets);
      expectClose(take(back.visible), [...rbm.visible.bias.dataSync()], {
        relative: 0,
        absolute: 1e-6,
      });
      expectClose(take(back.hidden), [...rbm.hidden.bias.dataSync()], {
        relative: 0,
        absolute: 1e-6,
      });
      for (const tensor of [centered.visible, centered.hidden, offsets.visible, offsets.hidden])
        tensor.dispose();
      rbm.dispose();
    }
  });
});

/** The same distribution over flipped bits: v → 1 − v. */
function flipVisible(rbm: Rbm): void {
  const { weights, visibleBias, hiddenBias } = referenceModel(rbm);
  const sums = hiddenBias.map((b, j) => b + weights.reduce((sum, row) => sum + row[j]!, 0));
  setParameter(rbm, 'hidden.bias', vector(sums));
  setParameter(rbm, 'visible.bias', vector(visibleBias.map((a) => -a)));
  setParameter(rbm, 'weights', matrix(weights.map((row) => row.map((w) => -w))));
}

/**
 * Probabilities of all visible states after training on the data or, mirrored in every respect, on
 * its flipped bits.
 */
async function trained(flipped: boolean, centering: boolean): Promise<number[]> {
  const pair = finitePairs[0]!;
  const rbm = smallRbm(pair);
  if (flipped) flipVisible(rbm);
  // Mean reconstructions are flipped exactly; the hidden units see the same inputs and draw the
  // same samples.
  const trainer = new RbmTrainer(rbm, {
    centering,
    reconstruction: 'mean',
    learningRate: 0.3,
    momentum: 0.5,
  });
  const data = matrix(flipped ? pair.data.map((row) => row.map((bit) => 1 - bit)) : pair.data);
  for (let step = 0; step < 20; step++) trainer.step(data);
  await trainer.check();
  const found = visibleProbabilities(referenceModel(rbm)).map(({ probability }) => probability);
  data.dispose();
  trainer.dispose();
  rbm.dispose();
  // The states come in binary order, so that flipping all bits reverses them.
  return flipped ? found.toReversed() : found;
}

test('centered training on flipped bits gives the flipped model, plain training does not', async () => {
  await expectNoLeak(async () => {
    expectClose(await trained(true, true), await trained(false, true), {
      relative: 1e-3,
      absolute: 1e-5,
    });
    const [plain, mirrored] = [await trained(false, false), await trained(true, false)];
    expect(Math.max(...plain.map((p, i) => Math.abs(p - mirrored[i]!)))).toBeGreaterThan(0.01);
  });
});
