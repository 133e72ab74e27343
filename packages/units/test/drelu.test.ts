import { randomKey } from '@deepbelief/random';
import { tensor1d, tensor2d, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { drelu, gaussian, relu } from '../src/index.ts';
import { integrate } from './support/exponential-family.ts';
import { computeRows, expectClose, range } from './support/tensors.ts';

const units = drelu();
const inputs = range(-12, 12, 0.75);

interface Own {
  readonly up: number;
  readonly down: number;
  readonly gap: number;
}

function parameters({ up, down, gap }: Own, size = 1): Record<string, Tensor1D> {
  const filled = (value: number): Tensor1D => tensor1d(new Float32Array(size).fill(value));
  return { logPrecisionUp: filled(up), logPrecisionDown: filled(down), gap: filled(gap) };
}

/** xs − E(s), from the definition of the energy. */
function logWeight(x: number, { up, down, gap }: Own): (s: number) => number {
  return (s) => x * s - (Math.exp(s > 0 ? up : down) * s * s) / 2 - gap * Math.abs(s);
}

/** Values of all inputs in one column. */
function column(
  of: (x: Tensor2D, own: Record<string, Tensor1D>) => Tensor2D | Tensor1D,
  own: Own,
): number[] {
  return tidy(() => [...of(tensor2d(inputs, [inputs.length, 1]), parameters(own)).dataSync()]);
}

describe.each<[string, Own]>([
  ['at the start', { up: 0, down: 0, gap: 0 }],
  ['with two modes', { up: 0.5, down: -0.3, gap: -2 }],
  ['sparse', { up: -1, down: 0.8, gap: 1.5 }],
])('%s', (_, own) => {
  const exact = inputs.map((x) => {
    // Each side by itself, since the weight has a corner at zero.
    const reach =
      40 / Math.exp(Math.min(own.up, own.down) / 2) + 15 * Math.exp(-Math.min(own.up, own.down));
    const up = integrate(0, reach, logWeight(x, own), 20_000);
    const down = integrate(-reach, 0, logWeight(x, own), 20_000);
    const highest = Math.max(up.logNormalizer, down.logNormalizer);
    const [a, b] = [up, down].map((side) => Math.exp(side.logNormalizer - highest)) as [
      number,
      number,
    ];
    const [p, q] = [a / (a + b), b / (a + b)];
    const mean = p * up.mean + q * down.mean;
    return {
      logNormalizer: highest + Math.log(a + b),
      mean,
      variance:
        p * (up.variance + (up.mean - mean) ** 2) + q * (down.variance + (down.mean - mean) ** 2),
    };
  });
  const tolerance = { relative: 2e-5, absolute: 2e-5 };

  test('log-normalizer, mean and variance are those of quadrature', () => {
    const found = {
      logNormalizer: column((x, p) => units.logNormalizer(x, p), own),
      mean: column((x, p) => units.mean(x, p), own),
      variance: column((x, p) => units.variance(x, p), own),
    };
    for (const name of ['logNormalizer', 'mean', 'variance'] as const)
      expectClose(
        found[name],
        exact.map((moments) => moments[name]),
        tolerance,
      );
  });

  test('the mode is the highest of a fine grid', () => {
    const grid = range(-60, 60, 0.01);
    const expected = inputs.map((x) => {
      const weight = logWeight(x, own);
      return grid.reduce((best, s) => (weight(s) > weight(best) ? s : best), 0);
    });
    // At x = 0 both modes of a symmetric unit are as high.
    const away = column((x, p) => units.mode(x, p), own).map((found, i) =>
      inputs[i] === 0 ? 0 : Math.abs(found - expected[i]!),
    );
    expect(Math.max(...away)).toBeLessThan(0.02);
  });

  test('samples have the distribution function of the density', () => {
    const [x, count] = [0.8, 20_000];
    const found = tidy(() => [
      ...units
        .sample(
          tensor2d(new Float32Array(count).fill(x), [1, count]),
          randomKey(5),
          parameters(own, count),
        )
        .dataSync(),
    ]);
    const sorted = found.toSorted((a, b) => a - b);
    const grid = range(-40, 40, 0.004);
    const weights = grid.map((s) => Math.exp(logWeight(x, own)(s)));
    const total = weights.reduce((a, b) => a + b, 0);
    let [cumulative, below, furthest] = [0, 0, 0];
    grid.forEach((s, i) => {
      cumulative += weights[i]! / total;
      while (below < count && sorted[below]! <= s + 0.002) below++;
      furthest = Math.max(furthest, Math.abs(cumulative - below / count));
    });
    // Kolmogorov's bound that chance passes once in a million: 2 exp(−2 n d²) = 1e-6.
    expect(furthest).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * count)) + 0.002);
  });
});

test('without a gap and with equal sides it is Gaussian', () => {
  const own = { up: 0.6, down: 0.6, gap: 0 };
  const normal = gaussian({ sigma: Math.exp(-0.3) });
  const tolerance = { relative: 1e-5, absolute: 1e-5 };
  const rows = inputs.map((x) => [x]);
  expectClose(
    column((x, p) => units.mean(x, p), own),
    computeRows(rows, (x) => normal.mean(x)),
    tolerance,
  );
  expectClose(
    column((x, p) => units.logNormalizer(x, p), own),
    computeRows(rows, (x) => normal.logNormalizer(x)),
    tolerance,
  );
});

test('with a very narrow lower side it is a rectified unit', () => {
  const own = { up: 0, down: 2 * Math.log(1000), gap: 0 };
  const rows = inputs.map((x) => [x]);
  // What is left of the lower side has a thousandth of the width.
  const tolerance = { relative: 0.02, absolute: 0.005 };
  const above = (values: number[]): number[] => values.filter((_, i) => inputs[i]! > -3);
  expectClose(
    above(column((x, p) => units.mean(x, p), own)),
    above(computeRows(rows, (x) => relu().mean(x))),
    tolerance,
  );
});
