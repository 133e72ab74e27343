import { randomKey } from '@deepbelief/random';
import { memory, tensor1d, tensor2d, tidy, tile } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { gaussian, type UnitParameters } from '../src/index.ts';
import { integrate } from './support/exponential-family.ts';
import { kolmogorovSmirnovTest, normalCdf } from './support/statistics.ts';
import { compute, expectClose, range } from './support/tensors.ts';

const units = gaussian({ sigma: 3, learnSigma: true });
const logPrecisions = [-1.5, 0, 0.7, 2];

function withParameters<T>(
  use: (parameters: UnitParameters) => T,
  values: readonly number[] = logPrecisions,
): T {
  const before = memory().numTensors;
  const logPrecision = tensor1d([...values]);
  const result = use({ logPrecision });
  logPrecision.dispose();
  expect(memory().numTensors).toBe(before);
  return result;
}

test('each unit has the moments of its own precision', () => {
  const inputs = [-2, 0.5, 3, 10];
  const moments = inputs.map((x, i) => {
    const precision = Math.exp(logPrecisions[i]!);
    const center = x / precision;
    const reach = 12 / Math.sqrt(precision);
    return integrate(center - reach, center + reach, (s) => x * s - (precision * s * s) / 2);
  });
  const tolerance = { relative: 1e-6, absolute: 1e-6 };
  withParameters((parameters) => {
    const means = moments.map(({ mean }) => mean);
    expectClose(
      compute(inputs, (x) => units.mean(x, parameters)),
      means,
      tolerance,
    );
    expectClose(
      compute(inputs, (x) => units.mode(x, parameters)),
      means,
      tolerance,
    );
    expectClose(
      compute(inputs, (x) => units.activation(x, parameters)),
      means,
      tolerance,
    );
    const variances = moments.map(({ variance }) => variance);
    expectClose(
      compute(inputs, (x) => units.variance(x, parameters)),
      variances,
      tolerance,
    );
    const sum = moments.reduce((total, { logNormalizer }) => total + logNormalizer, 0);
    expectClose(
      compute(inputs, (x) => units.logNormalizer(x, parameters)),
      [sum],
      tolerance,
    );
  });
});

test('samples follow the normal of their precision, Kolmogorov-Smirnov at a false-alarm rate of 1e-4', () => {
  const samples = withParameters(
    (parameters) =>
      compute(
        range(1, 20_000, 1).map(() => 1.5),
        (x) => units.sample(x, randomKey(5), parameters),
      ),
    range(1, 20_000, 1).map(() => 1.2),
  );
  const precision = Math.exp(1.2);
  const cdf = (s: number): number => normalCdf((s - 1.5 / precision) * Math.sqrt(precision));
  expect(kolmogorovSmirnovTest(samples, cdf)).toBeGreaterThan(1e-4);
});

test('the gradient of log-precision is minus the finite difference of the energy, averaged over the batch', () => {
  const rows = [
    [1, -2, 0.5, 3],
    [0, 1, -1.5, -2],
    [2, 0.25, 1, 1],
  ];
  const energy = (values: readonly number[]): number =>
    rows.reduce(
      (sum, row) =>
        sum + row.reduce((e, s, i) => e + (Math.exp(values[i]!) * s * s) / 2, 0) / rows.length,
      0,
    );
  const expected = logPrecisions.map((_, i) => {
    const shifted = (by: number): number[] =>
      logPrecisions.map((value, j) => (j === i ? value + by : value));
    return -(energy(shifted(1e-4)) - energy(shifted(-1e-4))) / 2e-4;
  });
  withParameters((parameters) => {
    const { energies, gradient } = tidy(() => {
      const state = tensor2d(rows);
      return {
        energies: [...units.energy(state, parameters).dataSync()],
        gradient: [...units.parameterGradients(state, parameters).logPrecision!.dataSync()],
      };
    });
    expectClose(gradient, expected, { relative: 1e-5, absolute: 1e-7 });
    const mean = energies.reduce((sum, value) => sum + value, 0) / rows.length;
    expect(mean).toBeCloseTo(energy(logPrecisions), 4);
  });
});

test('the moment of log-precision is the slope of the log-normalizer, averaged over the batch', () => {
  const rows = [
    [1, -2, 0.5, 3],
    [0, 1, -1.5, -20],
    [2, 0.25, 1, 1],
  ];
  const logNormalizer = (x: number, logPrecision: number): number => {
    const precision = Math.exp(logPrecision);
    const reach = 12 / Math.sqrt(precision);
    const center = x / precision;
    const logWeight = (s: number): number => x * s - (precision * s * s) / 2;
    return integrate(center - reach, center + reach, logWeight).logNormalizer;
  };
  const expected = logPrecisions.map((value, i) => {
    const at = (by: number): number =>
      rows.reduce((sum, row) => sum + logNormalizer(row[i]!, value + by) / rows.length, 0);
    return (at(1e-4) - at(-1e-4)) / 2e-4;
  });
  withParameters((parameters) => {
    const moments = tidy(() => [
      ...units.parameterMoments(tensor2d(rows), parameters)['logPrecision']!.dataSync(),
    ]);
    expectClose(moments, expected, { relative: 1e-5, absolute: 1e-7 });
  });
});

test('the moment of log-precision is the mean gradient of samples, at 4.4 standard errors', () => {
  withParameters((parameters) => {
    const { found, expected } = tidy(() => {
      const input = tile(tensor2d([[-2, 0.5, 3, 1]]), [20_000, 1]);
      const states = units.sample(input, randomKey(11), parameters);
      return {
        found: [...units.parameterGradients(states, parameters)['logPrecision']!.dataSync()],
        expected: [...units.parameterMoments(input, parameters)['logPrecision']!.dataSync()],
      };
    });
    // The variance of γs²/2 is ½ + x²/γ for s of mean x/γ and variance 1/γ.
    const errors = [-2, 0.5, 3, 1].map((x, i) =>
      Math.sqrt((0.5 + (x * x) / Math.exp(logPrecisions[i]!)) / 20_000),
    );
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!) / errors[i]!).toBeLessThan(4.4);
    });
  });
});

test('a unit whose input or state is NaN somewhere in the batch has NaN for its gradient', () => {
  withParameters((parameters) => {
    const found = tidy(() => {
      const values = tensor2d([
        [1, NaN, 0, 1],
        [2, 3, 1, 1],
      ]);
      return [
        units.parameterGradients(values, parameters),
        units.parameterMoments(values, parameters),
      ].map(({ logPrecision }) => [...logPrecision!.dataSync()].map(Number.isNaN));
    });
    const second = [false, true, false, false];
    expect(found).toEqual([second, second]);
  });
});

test('a precision that is learned has the bounds of σ: from 1/1000 to 1000, by 5 % a step', () => {
  const { logPrecision } = units.parameterBounds;
  expect(Math.exp(-logPrecision!.low / 2)).toBeCloseTo(1000, 9);
  expect(Math.exp(-logPrecision!.high / 2)).toBeCloseTo(0.001, 9);
  expect(Math.exp(logPrecision!.largestStep / 2)).toBeCloseTo(1.051, 3);
  expect(gaussian().parameterBounds).toEqual({});
});

test('a learned precision starts at sigma, and where it is fixed there is nothing to learn', () => {
  const start = units.initialParameters(2).logPrecision!;
  expect([...start].map((value) => Math.exp(-value / 2))).toEqual([
    expect.closeTo(3, 5),
    expect.closeTo(3, 5),
  ]);
  expect(gaussian().initialParameters(2)).toEqual({});
  const state = tensor2d([[1]]);
  expect(gaussian().parameterGradients(state)).toEqual({});
  expect(gaussian().parameterMoments(state)).toEqual({});
  state.dispose();
});

test('calling units that learn sigma without it says what is missing', () => {
  const input = tensor2d([[1]]);
  expect(() => units.mean(input)).toThrow(
    'gaussian.mean: parameters.logPrecision is missing, expected a tensor of shape [1]; initialParameters has its start',
  );
  input.dispose();
});
