import { expect, test } from 'vitest';
import { nrelu, steppedSigmoid } from '../src/index.ts';
import { integrate } from './support/exponential-family.ts';
import { compute, computeEach, expectClose, range } from './support/tensors.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Mean and variance of max(0, x + n), n normal of variance σ(x), by Simpson's rule over the
 * positive states.
 */
function rectifiedMoments(x: number): { mean: number; variance: number } {
  const d = Math.sqrt(sigmoid(x));
  const z = x / d;
  const log = (s: number): number => -((s / d - z) ** 2) / 2;
  const reach = z > 0 ? d * (z + 12) : d * Math.min(12, -40 / z);
  const part = integrate(Math.max(0, d * (z - 12)), reach, log);
  // `part` is the distribution of the positive states; `positive` is how probable they are.
  const positive = Math.exp(part.logNormalizer) / (d * Math.sqrt(2 * Math.PI));
  return {
    mean: positive * part.mean,
    variance: positive * part.variance + positive * (1 - positive) * part.mean ** 2,
  };
}

test("mean and variance are the rectified Gaussian's", () => {
  const inputs = range(-30, 30, 0.25);
  const exact = inputs.map(rectifiedMoments);
  const means = exact.map(({ mean }) => mean);
  const variances = exact.map(({ variance }) => variance);
  // The density φ(z) carries the rounding of z², which grows as it falls: what is below 1e-9 is
  // held to 1e-14.
  const tolerance = { relative: 2e-6, absolute: 1e-14 };
  expectClose(
    compute(inputs, (x) => nrelu().mean(x)),
    means,
    tolerance,
    inputs,
  );
  expectClose(
    compute(inputs, (x) => nrelu().variance(x)),
    variances,
    tolerance,
    inputs,
  );
});

test('the values of the published comparison of the stepped sigmoid, softplus and NReLU are reproduced', () => {
  const inputs = [-1, 0, 2];
  const expectDigits = (actual: number[], expected: number[]): void =>
    expectClose(actual, expected, { relative: 0, absolute: 5.1e-5 }, inputs);
  expectDigits(
    compute(inputs, (x) => steppedSigmoid().mean(x)),
    [0.305, 0.6826, 2.1226],
  );
  expectDigits(
    compute(inputs, (x) => nrelu({ mean: 'softplus' }).mean(x)),
    [0.3133, Math.LN2, 2.1269],
  );
  expectDigits(
    compute(inputs, (x) => steppedSigmoid().variance(x)),
    [0.265, 0.5, 0.8842],
  );
  expectDigits(
    compute(inputs, (x) => nrelu().mean(x)),
    [0.0053, 0.2821, 2.0056],
  );
  expectDigits(
    compute(inputs, (x) => nrelu().variance(x)),
    [0.0019, 0.1704, 0.8551],
  );
});

test('the mean may be max(0, x) or softplus(x) instead', () => {
  const inputs = range(-30, 30, 0.5);
  const relu = inputs.map((x) => Math.max(0, x));
  const softplus = inputs.map((x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))));
  expectClose(
    compute(inputs, (x) => nrelu({ mean: 'relu' }).mean(x)),
    relu,
    { relative: 0, absolute: 0 },
    inputs,
  );
  expectClose(
    compute(inputs, (x) => nrelu({ mean: 'softplus' }).mean(x)),
    softplus,
    { relative: 5e-7, absolute: 0 },
    inputs,
  );
});

test("energy and log-normalizer are the stepped sigmoid unit's, and the type says that they are not its own", () => {
  const inputs = range(-10, 10, 0.5);
  const none = { relative: 0, absolute: 0 };
  const borrowed = computeEach(inputs, (x) => steppedSigmoid().logNormalizer(x));
  expectClose(
    computeEach(inputs, (x) => nrelu().logNormalizer(x)),
    borrowed,
    none,
    inputs,
  );
  const states = range(0, 10, 0.25);
  const energies = computeEach(states, (s) => steppedSigmoid().energy(s));
  expectClose(
    computeEach(states, (s) => nrelu().energy(s)),
    energies,
    none,
    states,
  );
  expect(nrelu().exact).toBe(false);
});
