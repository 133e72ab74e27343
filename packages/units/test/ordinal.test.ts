import { randomKey } from '@deepbelief/random';
import { tensor1d, tensor2d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ordinal, poisson, type Units } from '../src/index.ts';
import { enumerate } from './support/exponential-family.ts';
import { chiSquaredTest } from './support/statistics.ts';
import { compute, computeEach, expectClose, range } from './support/tensors.ts';

const LEVELS = [0, 0, 1.5, -0.7, 0.3];
const states = [0, 1, 2, 3, 4];
const units = ordinal({ levels: 5 });
const inputs = range(-12, 12, 0.5);

/** The learned levels above for a layer of any size. */
function parameters(size: number): Record<string, Tensor1D> {
  return Object.fromEntries(
    [2, 3, 4].map((k) => [`level${k}`, tensor1d(Array.from({ length: size }, () => LEVELS[k]!))]),
  );
}

const exact = inputs.map((x) => enumerate(states, (s) => x * s + LEVELS[s]!));
const tolerance = { relative: 2e-6, absolute: 1e-6 };

test('with learned levels, log-normalizer and moments are sums over the states', () => {
  const size = inputs.length;
  expectClose(
    computeEach(inputs, (x) => tidy(() => units.logNormalizer(x, parameters(1)))),
    exact.map(({ logNormalizer }) => logNormalizer),
    tolerance,
    inputs,
  );
  expectClose(
    compute(inputs, (x) => tidy(() => units.mean(x, parameters(size)))),
    exact.map(({ mean }) => mean),
    tolerance,
    inputs,
  );
  expectClose(
    compute(inputs, (x) => tidy(() => units.variance(x, parameters(size)))),
    exact.map(({ variance }) => variance),
    tolerance,
    inputs,
  );
});

test('the log-odds of neighboring levels all grow with the input', () => {
  const energies = computeEach(states, (s) => tidy(() => units.energy(s, parameters(1))));
  expectClose(
    energies,
    LEVELS.map((level) => -level),
    { relative: 1e-6, absolute: 1e-6 },
  );
});

test('the moment of a level is how probable it is, the gradient how often it occurs', () => {
  const own = parameters(1);
  const [x, s] = [tensor2d([[0.4]]), tensor2d([[2], [4], [2], [1.5]])];
  const moments = units.parameterMoments(x, own);
  const gradients = units.parameterGradients(s, own);
  const weights = LEVELS.map((level, k) => Math.exp(0.4 * k + level));
  const total = weights.reduce((a, b) => a + b);
  for (const k of [2, 3, 4]) {
    expect(moments[`level${k}`]!.dataSync()[0]).toBeCloseTo(weights[k]! / total, 6);
  }
  expect([2, 3, 4].map((k) => gradients[`level${k}`]!.dataSync()[0])).toEqual([0.625, 0, 0.25]);
  for (const tensor of [x, s, ...[own, moments, gradients].flatMap((all) => Object.values(all))])
    tensor.dispose();
});

/** Draws of one input; seeds are fixed, the false-alarm rate is 1e-4. */
function expectFit(type: Units, x: number, probabilities: readonly number[], own = false): void {
  const draws = 20_000;
  const samples = compute(
    Array.from({ length: draws }, () => x),
    (input) => tidy(() => type.sample(input, randomKey(7), own ? parameters(draws) : undefined)),
  );
  expect(chiSquaredTest(samples, probabilities.length, (k) => probabilities[k]!)).toBeGreaterThan(
    1e-4,
  );
}

test('samples have the levels’ probabilities', () => {
  const weights = LEVELS.map((level, k) => Math.exp(-0.4 * k + level));
  const total = weights.reduce((a, b) => a + b);
  expectFit(
    units,
    -0.4,
    weights.map((w) => w / total),
    true,
  );
});

test('samples of truncated Poisson units have its probabilities', () => {
  const weights = [1, 1.5, 1.5 ** 2 / 2, 1.5 ** 3 / 6, 1.5 ** 4 / 24];
  const total = weights.reduce((a, b) => a + b);
  expectFit(
    poisson({ most: 4 }),
    Math.log(1.5),
    weights.map((w) => w / total),
  );
});

test('with room enough, a Poisson unit has the mean and variance of its rate', () => {
  const type = poisson({ most: 100 });
  const x = range(-3, 3, 0.5);
  const rates = x.map(Math.exp);
  for (const moment of ['mean', 'variance'] as const) {
    expectClose(
      compute(x, (input) => type[moment](input)),
      rates,
      { relative: 3e-6, absolute: 1e-7 },
      x,
    );
  }
});

test('the bias for a mean gives that mean', () => {
  const means = [0.001, 0.3, 1.1, 2, 3.2, 3.99];
  for (const type of [ordinal({ levels: 5, learnLevels: false }), poisson({ most: 4 })]) {
    const input = type.inputForMean(Float32Array.from(means));
    expectClose(
      compute([...input], (x) => type.mean(x)),
      means,
      { relative: 1e-5, absolute: 1e-6 },
    );
    expect([...type.inputForMean(Float32Array.of(0, 4))].every(Number.isFinite)).toBe(true);
  }
});
