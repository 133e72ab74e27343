import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '@deepbelief/units';
import { expect, test } from 'vitest';
import { createRbm, visibleMean, type RbmOptions } from '../src/index.ts';
import { parameterTensors, setParameter } from '../src/internal.ts';
import { expectClose, expectNoLeak, matrix, take, vector } from '@deepbelief/test-support/tensors';

const plain = { visible: { units: binary(), size: 40 }, hidden: { units: binary(), size: 50 } };

const means: readonly (readonly [string, Units, number[]])[] = [
  ['binary', binary(), [0.1, 0.5, 0.93]],
  ['spin', spin(), [-0.8, 0, 0.6]],
  ['gaussian', gaussian(), [-3, 0, 2.5]],
  ['gaussian with sigma 0.5', gaussian({ sigma: 0.5 }), [-3, 0, 2.5]],
  ['gaussian that learns sigma', gaussian({ sigma: 2, learnSigma: true }), [-3, 0, 2.5]],
  ['binomial', binomial({ copies: 8 }), [0.5, 4, 7.25]],
  ['stepped sigmoid', steppedSigmoid(), [0.2, 1, 6]],
  ['stepped sigmoid of 5 copies', steppedSigmoid({ copies: 5 }), [0.2, 1, 4.5]],
  ['nrelu', nrelu(), [0.1, 1, 4]],
  ['relu', relu(), [0.1, 1, 4]],
  ['softmax', softmax({ groupSize: 3 }), [0.2, 0.3, 0.5]],
];

test.each(means)('%s units start at the data mean when it is given', async (_name, units, mean) => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units, size: 3 },
      hidden: { units: binary(), size: 2 },
      weightScale: 0,
      visibleMean: Float32Array.from(mean),
    });
    const hidden = matrix([[1, 0]]);
    expectClose(take(visibleMean(rbm, hidden)), mean, { relative: 2e-5, absolute: 2e-5 });
    hidden.dispose();
    rbm.dispose();
  });
});

test("an RBM's hidden layer is taken for the visible one of the next", async () => {
  await expectNoLeak(() => {
    const first = createRbm(plain);
    const second = createRbm({ visible: first.hidden, hidden: { units: binary(), size: 3 } });
    expect(second.visible.size).toBe(first.hidden.size);
    expect(second.visible.bias).not.toBe(first.hidden.bias);
    first.dispose();
    second.dispose();
  });
});

test('weights are normal with the given spread and biases zero', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({ ...plain, weightScale: 0.3, seed: 4 });
    const weights = [...rbm.weights.dataSync()];
    const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
    const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
    // 2000 weights: five standard errors of mean and variance.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.3) / Math.sqrt(2000));
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(5 * Math.sqrt(2 / 2000));
    expect(
      [...rbm.visible.bias.dataSync(), ...rbm.hidden.bias.dataSync()].every((bias) => bias === 0),
    ).toBe(true);
    rbm.dispose();
  });
});

test('the same seed gives the same weights, another seed others', async () => {
  await expectNoLeak(() => {
    const weights = (seed?: number): number[] => {
      const rbm = createRbm({ ...plain, ...(seed !== undefined && { seed }) });
      const found = [...rbm.weights.dataSync()];
      rbm.dispose();
      return found;
    };
    expect(weights(3)).toEqual(weights(3));
    expect(weights()).toEqual(weights(0));
    expect(weights(4)).not.toEqual(weights(3));
  });
});

test.each<[string, Partial<RbmOptions>, string]>([
  [
    'size',
    { visible: { units: binary(), size: 0 } },
    'createRbm: visible.size is 0, expected a whole number of at least 1',
  ],
  [
    'size',
    { hidden: { units: binary(), size: 1.5 } },
    'createRbm: hidden.size is 1.5, expected a whole number',
  ],
  [
    'group',
    { visible: { units: softmax({ groupSize: 3 }), size: 4 } },
    'size is 4, expected a multiple of groupSize 3',
  ],
  [
    'weights',
    { hidden: { units: binary(), size: 2 ** 31 } },
    'createRbm: 40 visible and 2147483648 hidden units have 85899345920 weights, 320.0 GiB, expected at most 1073741824',
  ],
  [
    'scale',
    { weightScale: -1 },
    'createRbm: weightScale is -1, expected a finite number from 0 to 1000000',
  ],
  ['scale', { weightScale: NaN }, 'createRbm: weightScale is NaN'],
  [
    'scale that float32 cannot hold',
    { weightScale: 1e300 },
    'createRbm: weightScale is 1e+300, expected a finite number from 0 to',
  ],
  ['seed', { seed: -1 }, 'seed is -1, expected a whole number'],
  [
    'mean',
    { visibleMean: new Float32Array(3) },
    'createRbm: visibleMean has 3 values, expected 40, one per visible unit',
  ],
  [
    'mean',
    { visibleMean: new Float32Array(40).fill(NaN) },
    'createRbm: visibleMean[0] is NaN, expected a number from 0 to 1 for binary units',
  ],
  [
    'mean of units that learn sigma',
    {
      visible: { units: gaussian({ learnSigma: true }), size: 1 },
      visibleMean: new Float32Array([Infinity]),
    },
    'createRbm: visibleMean[0] is Infinity, expected a finite number',
  ],
])('a bad %s is refused', async (_what, options, message) => {
  await expectNoLeak(() => {
    const make = (): void => createRbm({ ...plain, ...options }).dispose();
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

test('parameters have names, and setting one disposes the old', async () => {
  await expectNoLeak(() => {
    const rbm = createRbm({
      visible: { units: gaussian({ learnSigma: true }), size: 2 },
      hidden: { units: binary(), size: 1 },
    });
    expect(Object.keys(parameterTensors(rbm))).toEqual([
      'weights',
      'visible.bias',
      'visible.logPrecision',
      'hidden.bias',
    ]);
    const old = rbm.visible.parameters.logPrecision!;
    setParameter(rbm, 'visible.logPrecision', vector([1, 2]));
    expect(old.isDisposed).toBe(true);
    expect([...rbm.visible.parameters.logPrecision!.dataSync()]).toEqual([1, 2]);
    setParameter(rbm, 'hidden.bias', rbm.hidden.bias);
    expect(rbm.hidden.bias.isDisposed).toBe(false);
    expect(() => setParameter(rbm, 'hidden.slope', old)).toThrow(
      'setParameter: the RBM has no parameter hidden.slope',
    );
    rbm.dispose();
  });
});
