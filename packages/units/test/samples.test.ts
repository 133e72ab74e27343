import { randomKey, uniforms } from '@deepbelief/random';
import { describe, expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  spin,
  steppedSigmoid,
  type Units,
} from '../src/index.ts';
import { enumerate, logChoose } from './support/exponential-family.ts';
import {
  chiSquaredTest,
  kolmogorovSmirnovTest,
  normalCdf,
  standardErrors,
} from './support/statistics.ts';
import { compute, expectClose, range } from './support/tensors.ts';

/*
 * Seeds are fixed, so that a run always ends the same way; the rate is how often another seed would
 * fail by chance. Every goodness of fit is tested at a false-alarm rate of 1e-4, every mean at 4.4
 * standard errors, about 1e-5.
 */
const RATE = 1e-4;
const DRAWS = 20_000;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function draw(units: Units, x: number, seed: number): number[] {
  return compute(
    Array.from({ length: DRAWS }, () => x),
    (input) => units.sample(input, randomKey(seed)),
  );
}

function expectMoments(samples: readonly number[], mean: number, variance: number): void {
  expect(Math.abs(standardErrors(samples, mean, variance))).toBeLessThan(4.4);
  const squares = samples.map((s) => (s - mean) ** 2);
  const spread = squares.reduce((sum, value) => sum + (value - variance) ** 2, 0) / samples.length;
  expect(Math.abs(standardErrors(squares, variance, spread))).toBeLessThan(4.4);
}

/** (1 − Φ(y))/φ(y) by its continued fraction. */
function mills(y: number): number {
  let fraction = y;
  for (let n = 400; n >= 1; n--) fraction = y + n / fraction;
  return 1 / fraction;
}

/**
 * P(S > s) of the truncated normal; in the far tail a ratio of Mills' ratios, where Φ would round
 * to 0/0.
 */
function truncatedSurvival(s: number, x: number): number {
  if (x >= -4) return normalCdf(x - s) / normalCdf(x);
  return (Math.exp(x * s - (s * s) / 2) * mills(s - x)) / mills(-x);
}

const discrete: readonly {
  title: string;
  units: Units;
  states: number;
  logWeight: (k: number) => number;
}[] = [
  { title: 'binary', units: binary(), states: 2, logWeight: () => 0 },
  {
    title: 'binomial',
    units: binomial({ copies: 6 }),
    states: 7,
    logWeight: (k) => logChoose(6, k),
  },
  {
    title: 'stepped sigmoid of 5 copies',
    units: steppedSigmoid({ copies: 5 }),
    states: 6,
    logWeight: (k) =>
      range(1, k, 1).reduce(
        (sum, i) => sum + Math.log(-Math.expm1(i - 6)) - Math.log(-Math.expm1(-i)),
        (-k * k) / 2,
      ),
  },
  {
    title: 'stepped sigmoid',
    units: steppedSigmoid(),
    states: 60,
    logWeight: (k) =>
      range(1, k, 1).reduce((sum, i) => sum - Math.log(-Math.expm1(-i)), (-k * k) / 2),
  },
];

describe.each(discrete)('$title', ({ units, states, logWeight }) => {
  test.each([-3, -0.4, 0, 0.7, 2.5, 9.9, 30.3])(
    'samples at %d follow the enumerated distribution',
    (x) => {
      const all = range(0, states - 1, 1);
      const exact = enumerate(all, (k) => x * k + logWeight(k));
      const samples = draw(units, x, 7);
      const probability = (k: number): number =>
        Math.exp(x * k + logWeight(k) - exact.logNormalizer);
      expect(chiSquaredTest(samples, states, probability)).toBeGreaterThan(RATE);
      if (exact.variance > 1e-3) expectMoments(samples, exact.mean, exact.variance);
    },
  );
});

test.each([-1.2, 0, 0.3])('spins at %d are up with probability σ(2x)', (x) => {
  const ups = draw(spin(), x, 3).map((s) => (s + 1) / 2);
  const up = sigmoid(2 * x);
  expect(chiSquaredTest(ups, 2, (state) => (state === 1 ? up : 1 - up))).toBeGreaterThan(RATE);
});

test.each([-2, 0, 5])('Gaussian samples at %d follow their normal', (x) => {
  const samples = draw(gaussian({ sigma: 2 }), x, 4);
  expect(kolmogorovSmirnovTest(samples, (s) => normalCdf((s - 4 * x) / 2))).toBeGreaterThan(RATE);
  expectMoments(samples, 4 * x, 4);
});

test.each([-2, -0.5, 0, 1, 4])(
  'NReLU samples at %d follow the normal of variance σ(x), rectified',
  (x) => {
    const samples = draw(nrelu(), x, 5);
    const d = Math.sqrt(sigmoid(x));
    expect(kolmogorovSmirnovTest(samples, (s) => normalCdf((s - x) / d))).toBeGreaterThan(RATE);
    const zeros = samples.map((s) => (s === 0 ? 1 : 0));
    const off = normalCdf(-x / d);
    expect(chiSquaredTest(zeros, 2, (state) => (state === 1 ? off : 1 - off))).toBeGreaterThan(
      RATE,
    );
  },
);

test.each([-10_000, -300, -20, -5, -1, 0, 0.5, 2, 6, 40])(
  'ReLU samples at %d follow the truncated normal',
  (x) => {
    const samples = draw(relu(), x, 6);
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(0);
    expect(kolmogorovSmirnovTest(samples, (s) => 1 - truncatedSurvival(s, x))).toBeGreaterThan(
      RATE,
    );
  },
);

test('ReLU samples solve P(S > s) = u for the uniforms of their key, in both tails', () => {
  const u = [...uniforms(randomKey(9), 2000)];
  for (const x of [-50, -8, -2, -0.1, 0.1, 2]) {
    const samples = compute(
      u.map(() => x),
      (input) => relu().sample(input, randomKey(9)),
    );
    const survivals = samples.map((s) => truncatedSurvival(s, x));
    expectClose(survivals, u, { relative: 5e-6, absolute: 2e-7 });
  }
});
