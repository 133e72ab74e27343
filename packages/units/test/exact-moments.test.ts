import { describe, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  ordinal,
  poisson,
  relu,
  spin,
  steppedSigmoid,
  type Units,
} from '../src/index.ts';
import { enumerate, integrate, logChoose, type Moments } from './support/exponential-family.ts';
import { compute, computeEach, expectClose, range } from './support/tensors.ts';

const inputs = range(-30, 30, 0.25);
const counts = (most: number): number[] => range(0, most, 1);

/** The energy of a count of N copies, from the product of the copies' generating functions. */
function steppedEnergies(copies: number): number[] {
  let polynomial = [1];
  for (let i = 1; i <= copies; i++) {
    const odds = Math.exp(0.5 - i);
    polynomial = Array.from(
      { length: i + 1 },
      (_, k) => (polynomial[k] ?? 0) + odds * (polynomial[k - 1] ?? 0),
    );
  }
  return polynomial.map((weight) => -Math.log(weight));
}

/** The sum over enough copies that the rest, e^(30 - 100), is negligible. */
function sumOverCopies(x: number, copies = 100): Moments {
  const each = counts(copies - 1).map((i) => enumerate([0, 1], (s) => (x - i - 0.5) * s));
  const sum = (name: keyof Moments): number =>
    each.reduce((total, moments) => total + moments[name], 0);
  return { logNormalizer: sum('logNormalizer'), mean: sum('mean'), variance: sum('variance') };
}

function logFactorial(n: number): number {
  return counts(n).reduce((sum, i) => sum + Math.log(Math.max(i, 1)), 0);
}

interface Case {
  readonly title: string;
  readonly units: Units;
  readonly exact: (x: number) => Moments;
  readonly relative: number;
  readonly absolute: number;
}

const seven = steppedEnergies(7);
const cases: readonly Case[] = [
  {
    title: 'binary',
    units: binary(),
    exact: (x) => enumerate([0, 1], (s) => x * s),
    relative: 5e-7,
    absolute: 0,
  },
  {
    title: 'spin',
    units: spin(),
    exact: (x) => enumerate([-1, 1], (s) => x * s),
    relative: 5e-7,
    absolute: 0,
  },
  {
    title: 'gaussian with sigma 2',
    units: gaussian({ sigma: 2 }),
    exact: (x) => integrate(4 * x - 30, 4 * x + 30, (s) => x * s - (s * s) / 8),
    relative: 5e-7,
    absolute: 1e-9,
  },
  {
    title: 'binomial with 9 copies',
    units: binomial({ copies: 9 }),
    exact: (x) => enumerate(counts(9), (s) => x * s + logChoose(9, s)),
    relative: 5e-7,
    absolute: 0,
  },
  {
    title: 'ordinal with 5 levels of the same energy',
    units: ordinal({ levels: 5, learnLevels: false }),
    exact: (x) => enumerate(counts(4), (s) => x * s),
    relative: 1e-6,
    absolute: 2e-7,
  },
  {
    title: 'poisson up to 20',
    units: poisson({ most: 20 }),
    exact: (x) => enumerate(counts(20), (s) => x * s - logFactorial(s)),
    relative: 2e-6,
    absolute: 2e-7,
  },
  {
    title: 'stepped sigmoid with 7 copies, as a count',
    units: steppedSigmoid({ copies: 7 }),
    exact: (x) => enumerate(counts(7), (s) => x * s - seven[s]!),
    relative: 5e-7,
    absolute: 5e-7,
  },
  {
    title: 'stepped sigmoid with 7 copies, as the copies',
    units: steppedSigmoid({ copies: 7 }),
    exact: (x) => sumOverCopies(x, 7),
    relative: 5e-7,
    absolute: 5e-7,
  },
  {
    title: 'stepped sigmoid, as the copies',
    units: steppedSigmoid(),
    exact: (x) => sumOverCopies(x),
    relative: 1e-6,
    absolute: 0,
  },
  {
    title: 'stepped sigmoid, as a count',
    units: steppedSigmoid(),
    exact: (x) =>
      enumerate(
        counts(60),
        (s) =>
          x * s - (s * s) / 2 - counts(s).reduce((c, i) => c + (i && Math.log1p(-Math.exp(-i))), 0),
      ),
    relative: 1e-6,
    absolute: 0,
  },
  {
    title: 'relu',
    units: relu(),
    exact: (x) =>
      integrate(
        Math.max(0, x - 12),
        x > 0 ? x + 12 : Math.min(12, -40 / x),
        (s) => x * s - (s * s) / 2,
      ),
    relative: 2e-6,
    absolute: 3e-7,
  },
];

describe.each(cases)('$title', ({ units, exact, relative, absolute }) => {
  const moments = inputs.map(exact);
  const tolerance = { relative, absolute };

  test('the log-normalizer is the logarithm of the sum over states', () => {
    const expected = moments.map(({ logNormalizer }) => logNormalizer);
    expectClose(
      computeEach(inputs, (x) => units.logNormalizer(x)),
      expected,
      tolerance,
      inputs,
    );
  });

  test('the mean is its derivative', () => {
    const expected = moments.map(({ mean }) => mean);
    expectClose(
      compute(inputs, (x) => units.mean(x)),
      expected,
      tolerance,
      inputs,
    );
  });

  test('the variance is its second derivative', () => {
    const expected = moments.map(({ variance }) => variance);
    expectClose(
      compute(inputs, (x) => units.variance(x)),
      expected,
      tolerance,
      inputs,
    );
  });
});
