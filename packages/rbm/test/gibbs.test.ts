import { randomKey, uniforms } from '@deepbelief/random';
import { nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import { gibbs } from '../src/index.ts';
import { chiSquared, outcomes } from './support/chi-squared.ts';
import {
  jointProbabilities,
  referenceModel,
  visibleProbabilities,
} from './support/enumerated-model.ts';
import { rows } from './support/exact-gradient.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

/** How often each joint state came up. */
function jointCounts(
  chains: readonly number[][],
  states: readonly (readonly number[])[],
): number[] {
  const places = new Map(states.map((state, i) => [state.join(), i]));
  const counts = states.map(() => 0);
  for (const chain of chains) {
    const place = places.get(chain.join());
    expect(place, `no state of the model: ${chain.join()}`).toBeDefined();
    counts[place!]! += 1;
  }
  return counts;
}

// A false alarm once in 100,000 runs with random keys; the key is fixed.
test.each(finitePairs)(
  'Gibbs sampling of $title units leaves the enumerated distribution as it is',
  async (pair) => {
    await expectNoLeak(() => {
      const rbm = smallRbm(pair, 1.2);
      const model = referenceModel(rbm);
      const marginal = visibleProbabilities(model);
      const starts = outcomes(
        uniforms(randomKey(7), 6000),
        marginal.map(({ probability }) => probability),
      );
      const start = matrix(starts.map((k) => marginal[k]!.state));
      const { visible, hidden } = gibbs(rbm, start, randomKey(11), 3);
      const hiddenRows = rows(take(hidden), pair.hidden.size);
      const chains = rows(take(visible), pair.visible.size).map((row, i) => [
        ...row,
        ...hiddenRows[i]!,
      ]);
      const joint = jointProbabilities(model);
      const counts = jointCounts(
        chains,
        joint.map((state) => [...state.visible, ...state.hidden]),
      );
      const { statistic, limit } = chiSquared(
        counts,
        joint.map(({ probability }) => probability),
      );
      expect(statistic).toBeLessThan(limit);
      start.dispose();
      rbm.dispose();
    });
  },
);

test('the test of stationarity notices chains of another model', async () => {
  await expectNoLeak(() => {
    const pair = finitePairs[0]!;
    const rbm = smallRbm(pair, 1.2);
    const marginal = visibleProbabilities(referenceModel(rbm));
    const other = smallRbm(pair, 1.4);
    const start = matrix(Array.from({ length: 6000 }, (_, i) => marginal[i % 16]!.state));
    const { visible, hidden } = gibbs(other, start, randomKey(11), 30);
    hidden.dispose();
    const counts = jointCounts(
      rows(take(visible), 4),
      marginal.map(({ state }) => state),
    );
    const { statistic, limit } = chiSquared(
      counts,
      marginal.map(({ probability }) => probability),
    );
    expect(statistic).toBeGreaterThan(limit);
    start.dispose();
    rbm.dispose();
    other.dispose();
  });
});

test('a chain of three steps is a chain of one step gone on with for two', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const start = matrix([
      [1, 0, 1, 0],
      [0, 0, 1, 1],
    ]);
    const key = randomKey(5);
    const whole = gibbs(rbm, start, key, 3);
    const first = gibbs(rbm, start, key, 1);
    const rest = gibbs(rbm, first.visible, { ...key, step: key.step + 1 }, 2);
    expect(take(rest.visible)).toEqual(take(whole.visible));
    expect(take(rest.hidden)).toEqual(take(whole.hidden));
    for (const tensor of [first.visible, first.hidden, start]) tensor.dispose();
    rbm.dispose();
  });
});

test('the same seed gives the same bits, another seed others', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const start = matrix(Array.from({ length: 50 }, () => [1, 0, 1, 0]));
    const run = (seed: number): number[] => {
      const { visible, hidden } = gibbs(rbm, start, randomKey(seed), 2);
      return [...take(visible), ...take(hidden)];
    };
    expect(run(1)).toEqual(run(1));
    expect(run(2)).not.toEqual(run(1));
    start.dispose();
    rbm.dispose();
  });
});

test('chains of binary and NReLU units have the shapes of the layers and stay finite', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm({ visible: finitePairs[0]!.visible, hidden: { units: nrelu(), size: 3 } });
    const start = matrix([
      [1, 0, 1, 0],
      [0, 0, 1, 1],
    ]);
    const { visible, hidden } = gibbs(rbm, start, randomKey(1), 5);
    expect([visible.shape, hidden.shape]).toEqual([
      [2, 4],
      [2, 3],
    ]);
    expect([...take(visible), ...take(hidden)].every(Number.isFinite)).toBe(true);
    start.dispose();
    rbm.dispose();
  });
});

test.each([0, -1, 1.5, NaN])('%d steps are refused', async (steps) => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const start = matrix([[1, 0, 1, 0]]);
    expect(() => gibbs(rbm, start, randomKey(1), steps)).toThrow(
      `gibbs: steps is ${steps}, expected a whole number of at least 1`,
    );
    start.dispose();
    rbm.dispose();
  });
});

test('a start of the wrong shape is refused', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const start = matrix([[1, 0, 1]]);
    expect(() => gibbs(rbm, start, randomKey(1), 1)).toThrow(
      'visible has shape [1, 3], expected [batch, 4]',
    );
    start.dispose();
    rbm.dispose();
  });
});
