import { randomKey } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { pseudoLikelihood } from '../src/index.ts';
import { referenceModel, visibleProbabilities } from './support/enumerated-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

test('the estimate has the enumerated pseudo-likelihood as its mean', async () => {
  await expectNoLeak(async () => {
    const pair = finitePairs[0]!;
    const rbm = smallRbm(pair);
    const probabilities = visibleProbabilities(referenceModel(rbm));
    const probability = new Map(
      probabilities.map((entry) => [entry.state.join(), entry.probability]),
    );
    const terms = (row: readonly number[]): number[] =>
      row.map((bit, i) => {
        const flipped = row.map((value, k) => (k === i ? 1 - bit : value));
        const [own, other] = [probability.get(row.join())!, probability.get(flipped.join())!];
        return Math.log(own / (own + other));
      });
    const average = (values: readonly number[]): number =>
      values.reduce((a, b) => a + b, 0) / values.length;
    const expected = average(pair.data.map((row) => terms(row).reduce((a, b) => a + b, 0)));
    const variance = average(
      pair.data.map(
        (row) =>
          average(terms(row).map((t) => (4 * t) ** 2)) - average(terms(row).map((t) => 4 * t)) ** 2,
      ),
    );
    const repeats = 2000;
    const visible = matrix(Array.from({ length: repeats }, () => pair.data).flat());
    const found = await pseudoLikelihood(rbm, visible, randomKey(1));
    // Beyond 4.9 standard errors once in a million, were the key not fixed.
    expect(Math.abs(found - expected)).toBeLessThan(
      4.9 * Math.sqrt(variance / (repeats * pair.data.length)),
    );
    expect(await pseudoLikelihood(rbm, visible, randomKey(1))).toBe(found);
    expect(await pseudoLikelihood(rbm, visible, randomKey(2))).not.toBe(found);
    visible.dispose();
    rbm.dispose();
  });
});

test('other visible units and shapes are refused', async () => {
  await expectNoLeak(async () => {
    const [spins, bits] = [smallRbm(finitePairs[1]!), smallRbm(finitePairs[0]!)];
    const visible = matrix([[1, -1, 1]]);
    await expect(pseudoLikelihood(spins, visible, randomKey(1))).rejects.toThrow(
      'pseudoLikelihood: the visible units are spin, expected binary',
    );
    await expect(pseudoLikelihood(bits, visible, randomKey(1))).rejects.toThrow(
      'pseudoLikelihood: visible has shape [1, 3], expected [batch, 4]',
    );
    visible.dispose();
    spins.dispose();
    bits.dispose();
  });
});
