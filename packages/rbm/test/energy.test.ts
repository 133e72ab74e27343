import { describe, expect, test } from 'vitest';
import { energy, freeEnergy, hiddenFreeEnergy } from '../src/index.ts';
import {
  hiddenStates,
  logSumExp,
  referenceEnergy,
  referenceFreeEnergy,
  referenceHiddenFreeEnergy,
  referenceLogPartition,
  referenceModel,
  visibleProbabilities,
  visibleStates,
} from './support/enumerated-model.ts';
import { continuousPairs, finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

const quadrature = { relative: 5e-6, absolute: 1e-5 };

describe.each(finitePairs)('an RBM with $title units', (pair) => {
  test('has the energy of its definition in every joint state', async () => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair);
      const model = referenceModel(rbm);
      const joint = visibleStates(model).flatMap((v) =>
        hiddenStates(model).map((h) => [v.state, h.state] as const),
      );
      const visible = matrix(joint.map(([v]) => v));
      const hidden = matrix(joint.map(([, h]) => h));
      const expected = joint.map(([v, h]) => referenceEnergy(model, v, h));
      expectClose(take(energy(rbm, visible, hidden)), expected);
      visible.dispose();
      hidden.dispose();
      rbm.dispose();
    });
  });
});

describe.each([...finitePairs, ...continuousPairs])(
  'the free energies of an RBM with $title units',
  (pair) => {
    test('sum the other layer out', async () => {
      await expectNoLeak(() => {
        const rbm = smallRbm(pair);
        const model = referenceModel(rbm);
        const visible = matrix(pair.data);
        const hiddenRows = spread(hiddenStates(model).map(({ state }) => state));
        const hidden = matrix(hiddenRows);
        const forData = pair.data.map((row) => referenceFreeEnergy(model, row));
        const forHidden = hiddenRows.map((row) => referenceHiddenFreeEnergy(model, row));
        expectClose(take(freeEnergy(rbm, visible)), forData, quadrature);
        expectClose(take(hiddenFreeEnergy(rbm, hidden)), forHidden, quadrature);
        visible.dispose();
        hidden.dispose();
        rbm.dispose();
      });
    });
  },
);

test.each(finitePairs)(
  'exp(−F) of $title units over its sum is the probability of each state',
  async (pair) => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair);
      const expected = visibleProbabilities(referenceModel(rbm));
      const states = matrix(expected.map(({ state }) => state));
      const logs = take(freeEnergy(rbm, states)).map((value) => -value);
      const logZ = logSumExp(logs);
      expect(Math.abs(logZ - referenceLogPartition(referenceModel(rbm)))).toBeLessThan(1e-5);
      expectClose(
        logs.map((value) => Math.exp(value - logZ)),
        expected.map(({ probability }) => probability),
      );
      states.dispose();
      rbm.dispose();
    });
  },
);

test('both free energies lead to the same partition function', async () => {
  await expectNoLeak(() => {
    for (const pair of finitePairs) {
      const rbm = smallRbm(pair);
      const model = referenceModel(rbm);
      const sumOut = (states: readonly (readonly number[])[], of: typeof freeEnergy): number => {
        const rows = matrix(states);
        const logs = take(of(rbm, rows)).map((value) => -value);
        rows.dispose();
        return logSumExp(logs);
      };
      const fromVisible = sumOut(
        visibleStates(model).map(({ state }) => state),
        freeEnergy,
      );
      const fromHidden = sumOut(
        hiddenStates(model).map(({ state }) => state),
        hiddenFreeEnergy,
      );
      expect(Math.abs(fromVisible - fromHidden), pair.title).toBeLessThan(1e-5);
      rbm.dispose();
    }
  });
});

test('a state of the wrong shape is told by its shape and the one expected', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const five = matrix([
      [1, 0, 1, 0, 0],
      [1, 1, 1, 0, 0],
    ]);
    const four = matrix([[1, 0, 1, 0]]);
    expect(() => freeEnergy(rbm, five)).toThrow(
      /visible has shape \[2, 5\], expected \[batch, 4\]/,
    );
    expect(() => hiddenFreeEnergy(rbm, four)).toThrow(
      /hidden has shape \[1, 4\], expected \[batch, 3\]/,
    );
    expect(() => energy(rbm, five, four)).toThrow(
      'energy: visible has shape [2, 5], expected [batch, 4]',
    );
    expect(() => energy(rbm, four, four)).toThrow(
      'energy: hidden has shape [1, 4], expected [batch, 3]',
    );
    five.dispose();
    four.dispose();
    rbm.dispose();
  });
});

/** At most 20 of the states, from all over the list. */
function spread(states: readonly (readonly number[])[]): (readonly number[])[] {
  const stride = Math.ceil(states.length / 20);
  return states.filter((_, i) => i % stride === 0);
}
