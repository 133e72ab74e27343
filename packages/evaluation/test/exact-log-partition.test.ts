import { setParameter } from '@deepbelief/rbm/internal';
import { createRbm } from '@deepbelief/rbm';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  softmax,
  spin,
  steppedSigmoid,
} from '@deepbelief/units';
import { tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { exactLogPartition } from '../src/index.ts';
import {
  combine,
  countsWithEnergies,
  exampleRbm,
  jointEnergy,
  logSum,
  type FiniteLayer,
} from './support/enumeration.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

/**
 * Energies of the count of three copies with biases −½, −3/2, −5/2, from the product of their
 * generating functions.
 */
const [p, q, r] = [0.5, 1.5, 2.5].map((bias) => Math.exp(-bias)) as [number, number, number];
const stepped = [0, -Math.log(p + q + r), -Math.log(p * q + p * r + q * r), -Math.log(p * q * r)];
/** −log C(4, s). */
const choose = [1, 4, 6, 4, 1].map((ways) => -Math.log(ways));
const oneOfThree = [0, 1, 2].map((on) => ({
  values: [0, 1, 2].map((unit) => Number(unit === on)),
  energy: 0,
}));

function layers(sites: number): FiniteLayer[] {
  const signs = [-1, 1].map((value) => ({ values: [value], energy: 0 }));
  return [
    {
      title: 'binary',
      units: binary(),
      size: sites,
      states: combine(sites, countsWithEnergies([0, 0])),
    },
    { title: 'spin', units: spin(), size: sites, states: combine(sites, signs) },
    {
      title: 'softmax',
      units: softmax({ groupSize: 3 }),
      size: 3 * sites,
      states: combine(sites, oneOfThree),
    },
    {
      title: 'binomial',
      units: binomial({ copies: 4 }),
      size: sites,
      states: combine(sites, countsWithEnergies(choose)),
    },
    {
      title: 'stepped sigmoid with copies',
      units: steppedSigmoid({ copies: 3 }),
      size: sites,
      states: combine(sites, countsWithEnergies(stepped)),
    },
  ];
}

describe.each(layers(3))('$title visible units', (visible) => {
  test.each(layers(2))(
    'and $title hidden ones: the sum over all pairs of states',
    async (hidden) => {
      await expectNoLeak(async () => {
        const example = exampleRbm(visible, hidden);
        const logs = visible.states.flatMap((v) =>
          hidden.states.map((h) => -jointEnergy(example, v, h)),
        );
        expect(Math.abs((await exactLogPartition(example.rbm)) - logSum(logs))).toBeLessThan(1e-5);
        example.rbm.dispose();
      });
    },
  );
});

test('Gaussian visible units are integrated out', async () => {
  await expectNoLeak(async () => {
    const sigma = 0.5;
    const hidden = layers(3)[0]!;
    const example = exampleRbm({ units: gaussian({ sigma }), size: 4 }, hidden);
    // ∫ exp(xv − v²/2σ²) dv = σ√(2π) exp(σ²x²/2) for each visible unit, x = a + Wh.
    const logs = hidden.states.map(({ values: h }) => {
      const integrals = example.visibleBias.map((a, i) => {
        const x = h.reduce((sum, value, j) => sum + example.weights[i]![j]! * value, a);
        return Math.log(sigma * Math.sqrt(2 * Math.PI)) + (sigma * x) ** 2 / 2;
      });
      return [...integrals, ...h.map((value, j) => example.hiddenBias[j]! * value)].reduce(
        (a, b) => a + b,
        0,
      );
    });
    expect(Math.abs((await exactLogPartition(example.rbm)) - logSum(logs))).toBeLessThan(1e-5);
    example.rbm.dispose();
  });
});

test('the log-normalizer sums infinitely many hidden states; the visible layer is enumerated', async () => {
  await expectNoLeak(async () => {
    const visible = layers(4)[0]!;
    const example = exampleRbm(visible, { units: steppedSigmoid(), size: 2 });
    const logs = visible.states.map(({ values: v }) => {
      let log = v.reduce((sum, value, i) => sum + example.visibleBias[i]! * value, 0);
      example.hiddenBias.forEach((b, j) => {
        const x = v.reduce((sum, value, i) => sum + value * example.weights[i]![j]!, b);
        for (let copy = 0; copy < 100; copy++) log += Math.log1p(Math.exp(x - copy - 0.5));
      });
      return log;
    });
    expect(Math.abs((await exactLogPartition(example.rbm)) - logSum(logs))).toBeLessThan(1e-5);
    example.rbm.dispose();
  });
});

test('without weights Z is a product over units, here 784 visible and 12 hidden ones', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 784 },
      hidden: { units: spin(), size: 12 },
      weightScale: 0,
    });
    setParameter(rbm, 'hidden.bias', tensor1d(new Float32Array(12).fill(0.5)));
    const expected = 784 * Math.LN2 + 12 * Math.log(2 * Math.cosh(0.5));
    const progress: number[] = [];
    const options = {
      batchSize: 1500,
      onProgress: (done: number, all: number) => progress.push(done, all),
    };
    expect(Math.abs((await exactLogPartition(rbm, options)) - expected)).toBeLessThan(1e-4);
    expect(progress).toEqual([1500, 4096, 3000, 4096, 4096, 4096]);
    rbm.dispose();
  });
});

test('layers with too many states are refused', async () => {
  await expectNoLeak(async () => {
    const large = createRbm({
      visible: { units: binary(), size: 784 },
      hidden: { units: nrelu(), size: 40 },
    });
    await expect(exactLogPartition(large)).rejects.toThrow(
      'exactLogPartition: the hidden layer of 40 nrelu units has infinitely many states and ' +
        'the visible layer of 784 binary units has 2^784 states, expected at most 2^25 = ' +
        '33554432 in one of them: use an RBM with a smaller layer',
    );
    large.dispose();
  });
});

test('parameters that are not finite and a batch size out of range are refused', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 3 },
      hidden: { units: binary(), size: 2 },
    });
    await expect(exactLogPartition(rbm, { batchSize: 0 })).rejects.toThrow(
      'exactLogPartition: option batchSize is 0, expected',
    );
    setParameter(rbm, 'hidden.bias', tensor1d([NaN, 0]));
    await expect(exactLogPartition(rbm)).rejects.toThrow(
      'exactLogPartition: the free energy of hidden state 0 is NaN',
    );
    rbm.dispose();
  });
});
