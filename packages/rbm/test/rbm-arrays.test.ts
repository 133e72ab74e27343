import { expectClose, expectNoLeak, numbers, take } from '@deepbelief/test-support/tensors';
import { binary, gaussian, softmax } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  createRbm,
  features,
  freeEnergy,
  rbmFromArrays,
  rbmToArrays,
  type RbmArrays,
} from '../src/index.ts';

/** 3 visible, 2 hidden units. */
const ROWS = [
  [1, 2],
  [3, 4],
  [5, 6],
] as const;
const BIASES = { visibleBias: [0.5, 0, -0.5], hiddenBias: [-1, 1] };

/** The same weights as [hidden, visible], float64. */
const TURNED = { shape: [2, 3], data: Float64Array.of(1, 3, 5, 2, 4, 6) };

test.each<[string, RbmArrays]>([
  ['a list of rows', { weights: ROWS, ...BIASES }],
  ['rows that are typed arrays', { weights: ROWS.map((r) => Float64Array.from(r)), ...BIASES }],
  ['an array with its shape', { weights: { shape: [3, 2], data: ROWS.flat() }, ...BIASES }],
  ['weights that are [hidden, visible]', { weights: TURNED, ...BIASES, transposed: true }],
  [
    'integers of 64 bits, and biases that are matrices of one row or column',
    {
      weights: { shape: [3, 2], data: BigInt64Array.from(ROWS.flat(), BigInt) },
      visibleBias: { shape: [1, 3], data: BIASES.visibleBias },
      hiddenBias: { shape: [2, 1], data: Float32Array.from(BIASES.hiddenBias) },
    },
  ],
])('an RBM is made of %s', (_, arrays) =>
  expectNoLeak(() => {
    const rbm = rbmFromArrays(arrays);
    expect(numbers(rbm.weights)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rbm.weights.shape).toEqual([3, 2]);
    const visible = tensor2d([[1, 0, 1]]);
    const sigma = (x: number): number => 1 / (1 + Math.exp(-x));
    // v·W + b = (1 + 5 − 1, 2 + 6 + 1).
    expectClose(take(features(rbm, visible)), [sigma(5), sigma(9)]);
    const gamma = (x: number): number => Math.log1p(Math.exp(x));
    expectClose(take(freeEnergy(rbm, visible)), [-(0.5 - 0.5) - gamma(5) - gamma(9)]);
    visible.dispose();
    rbm.dispose();
  }),
);

test('biases that are not given are zero, units are binary unless others are given', () =>
  expectNoLeak(() => {
    const rbm = rbmFromArrays({ weights: ROWS, visibleUnits: gaussian() });
    expect(numbers(rbm.visible.bias)).toEqual([0, 0, 0]);
    expect(numbers(rbm.hidden.bias)).toEqual([0, 0]);
    expect([rbm.visible.units.type, rbm.hidden.units.type]).toEqual(['gaussian', 'binary']);
    rbm.dispose();
  }));

test.each([true, false])('the arrays of an RBM make the same RBM, transposed %s', (transposed) =>
  expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: gaussian({ learnSigma: true, sigma: 2 }), size: 3 },
      hidden: { units: softmax({ groupSize: 2 }), size: 4 },
    });
    const arrays = await rbmToArrays(rbm, { transposed });
    expect(arrays.weights.shape).toEqual(transposed ? [4, 3] : [3, 4]);
    // W's element in row 2 and column 1.
    expect(arrays.weights.data[transposed ? 1 * 3 + 2 : 2 * 4 + 1]).toBe(numbers(rbm.weights)[9]);
    const again = rbmFromArrays(arrays);
    expect(numbers(again.weights)).toEqual(numbers(rbm.weights));
    expectClose(numbers(again.visible.parameters['logPrecision']!), Array(3).fill(-2 * Math.LN2));
    expect(again.hidden.units.config).toEqual(rbm.hidden.units.config);
    again.dispose();
    rbm.dispose();
  }),
);

const mistakes: [RbmArrays, string][] = [
  [
    { weights: TURNED, ...BIASES },
    'weights has shape [2, 3], expected [3, 2] for 3 visible and 2 hidden units: give transposed: ' +
      'true, since these weights are [hidden, visible]',
  ],
  [
    { weights: ROWS, ...BIASES, transposed: true },
    'weights has shape [3, 2], expected [2, 3] for 3 visible and 2 hidden units: leave transposed ' +
      'out, since these weights are [visible, hidden]',
  ],
  [
    { weights: ROWS, hiddenBias: [1, 2, 3] },
    'weights has shape [3, 2], expected [3, 3] for 3 visible and 3 hidden units',
  ],
  [{ weights: { shape: [4], data: [1, 2, 3, 4] } }, 'weights has shape [4], expected [visible, '],
  [
    { weights: { shape: [3, 3], data: [1, 2] } },
    'weights has 2 numbers, expected 9 for shape [3, ',
  ],
  [{ weights: [[1, 2], [3]] }, 'row 1 of weights has 1 numbers, expected 2, as row 0'],
  [{ weights: [] }, 'weights is [], expected an array { shape, data } or a list of rows'],
  [{ weights: [[1, NaN]] }, 'weights[1] is NaN, expected a finite number'],
  [{ weights: [[1, 1e39]] }, 'weights[1] is 1e+39, expected a finite number of at most 3.4e38'],
  [{ weights: ROWS, visibleBias: 3 as never }, 'visibleBias is 3, expected numbers, one for each'],
  [
    { weights: ROWS, hiddenBias: { shape: [2, 2], data: [1, 2, 3, 4] } },
    'hiddenBias has shape [2, 2], expected one number for each unit',
  ],
  [{ weights: ROWS, bias: [1, 2] } as never, 'unknown option bias, expected only weights, visible'],
  [
    { weights: ROWS, hiddenUnits: 'binary' as never },
    'hiddenUnits is "binary", expected a unit type, such as binary()',
  ],
  [
    { weights: ROWS, visibleUnits: binary(), visibleParameters: { sigma: [1, 1, 1] } },
    'visibleParameters: unknown option sigma, expected no options',
  ],
  [
    {
      weights: ROWS,
      visibleUnits: gaussian({ learnSigma: true }),
      visibleParameters: { logPrecision: [0, 0] },
    },
    'visibleParameters.logPrecision has 2 numbers, expected 3, one for each unit',
  ],
];

test.each(mistakes)('mistake %# is one line and leaves nothing behind', (arrays, message) =>
  expectNoLeak(() => {
    const fault = (): unknown => rbmFromArrays(arrays);
    expect(fault).toThrow(RangeError);
    expect(fault).toThrow(`rbmFromArrays: ${message}`);
  }),
);

test('a size that does not fit the unit type is one line', () => {
  expect(() => rbmFromArrays({ weights: ROWS, visibleUnits: softmax({ groupSize: 2 }) })).toThrow(
    'softmax.checkSize: size is 3',
  );
});
