import { denseStates } from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import type { UnitParameters, Units } from '@deepbelief/units';
import {
  dispose,
  memory,
  reshape,
  tensor2d,
  zeros,
  type Rank,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unregisterProducts, useBackend } from '../src/index.ts';
import { UNIT_TYPES } from './support/dense-properties.ts';
import { useSoftwareGpu } from './support/software-gpu.ts';

const noGpu = await useSoftwareGpu();
afterAll(unregisterProducts);

/** Limits at −∞ and at ∞. */
type Limits = Readonly<
  Record<'energy' | 'logNormalizer' | 'mean' | 'variance' | 'mode' | 'activation', Ends>
>;
type Ends = readonly [number, number];

const rectified = {
  mode: [0, Infinity],
  activation: [0, Infinity],
  variance: [0, 1],
  mean: [0, Infinity],
} as const;
const counts = (
  copies: number,
): Pick<Limits, 'mean' | 'variance' | 'mode' | 'activation' | 'logNormalizer'> => ({
  logNormalizer: [0, Infinity],
  mean: [0, copies],
  variance: [0, 0],
  mode: [0, copies],
  activation: [0, copies],
});
const gaussian = (variance: number): Limits => ({
  energy: [Infinity, Infinity],
  logNormalizer: [Infinity, Infinity],
  mean: [-Infinity, Infinity],
  variance: [variance, variance],
  mode: [-Infinity, Infinity],
  activation: [-Infinity, Infinity],
});
const nrelu: Limits = { ...rectified, energy: [Infinity, Infinity], logNormalizer: [0, Infinity] };

/**
 * From the formulas in the docstrings of @deepbelief/units. A sample's limit is the mean's where
 * the variance is 0.
 */
const LIMITS: Readonly<Record<string, Limits>> = {
  binary: { ...counts(1), energy: [0, 0] },
  spin: {
    energy: [0, 0],
    logNormalizer: [Infinity, Infinity],
    mean: [-1, 1],
    variance: [0, 0],
    mode: [-1, 1],
    activation: [-1, 1],
  },
  // −log C(3, 0) and −log C(3, 3).
  binomial: { ...counts(3), energy: [0, 0] },
  gaussian: gaussian(2.25),
  'gaussian with learned σ': gaussian(1),
  nrelu,
  'nrelu with ReLU means': nrelu,
  'nrelu with softplus means': nrelu,
  // The normal's tail, whose mass vanishes.
  relu: { ...nrelu, logNormalizer: [-Infinity, Infinity] },
  'stepped sigmoid': nrelu,
  // s²/2 of all five copies; the Gaussian binomial coefficient of all or none is 1.
  'stepped sigmoid of 5 copies': { ...counts(5), energy: [0, 12.5] },
};

/** Functions of a unit type, and their fused forms. */
const functions: Readonly<
  Record<string, (units: Units, x: Tensor2D, parameters: UnitParameters) => Tensor>
> = {
  energy: (units, x, parameters) => units.energy(x, parameters),
  logNormalizer: (units, x, parameters) => units.logNormalizer(x, parameters),
  mean: (units, x, parameters) => units.mean(x, parameters),
  variance: (units, x, parameters) => units.variance(x, parameters),
  mode: (units, x, parameters) => units.mode(x, parameters),
  sample: (units, x, parameters) => units.sample(x, randomKey(1), parameters),
  activation: (units, x, parameters) => units.activation(x, parameters),
  'fused mean': (units, x, parameters) => dense(units, x, parameters, true),
  'fused sample': (units, x, parameters) => dense(units, x, parameters, false),
};

/** One row of inputs as biases. */
function dense(units: Units, x: Tensor2D, parameters: UnitParameters, isMean: boolean): Tensor2D {
  const [states, weights] = [zeros<Rank.R2>([1, 2]), zeros<Rank.R2>([2, x.shape[1]])];
  const bias = reshape<Rank.R1>(x, [-1]);
  const { mean, sample } = denseStates(
    { units, parameters, weights, bias, transposed: false },
    states,
    {
      mean: true,
      sample: randomKey(1),
    },
  );
  dispose([states, weights, bias, isMean ? sample : mean]);
  return isMean ? mean : sample;
}

async function values(name: string, units: Units, row: readonly number[]): Promise<number[]> {
  const before = memory().numTensors;
  const x = tensor2d([...row], [1, row.length]);
  const parameters =
    units.config['learnSigma'] === true ? { logPrecision: zeros<Rank.R1>([row.length]) } : {};
  const found = functions[name]!(units, x, parameters);
  const numbers = [...(await found.data())];
  dispose([x, found, parameters]);
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return numbers;
}

const NAMES = Object.keys(functions);
const ROWS = ['energy', 'logNormalizer'];
/** The smallest normal float32, as which some exponentials end. */
const TINY = 1.2e-37;

describe.each([
  ['cpu', undefined],
  ['wasm', undefined],
  ['webgpu', noGpu],
] as const)('on %s', (backend, missing) => {
  beforeAll(async () => {
    if (missing === undefined) await useBackend({ backend });
  });

  test.for(UNIT_TYPES)(
    'NaN stays NaN in every function of %s units, alone',
    async ([title, units], { skip }) => {
      skip(missing !== undefined, missing);
      for (const name of NAMES) {
        const size = title === 'softmax' ? 24 : 19;
        for (const place of [0, 7, size - 1]) {
          const row = Array.from({ length: size }, (_, i) => (i === place ? NaN : i / 8));
          const found = await values(name, units, row);
          const group = title === 'softmax' ? Math.floor(place / 3) : -1;
          const wrong = found.filter((value, i) => {
            const isNaNHere = ROWS.includes(name) || i === place || Math.floor(i / 3) === group;
            return Number.isNaN(value) !== isNaNHere;
          });
          expect(wrong, `${name}, NaN at ${place}: ${found.join(' ')}`).toEqual([]);
        }
      }
    },
  );

  test.for(Object.entries(LIMITS))(
    'every function of %s units has its limits at ±Infinity',
    async ([title, limits], { skip }) => {
      skip(missing !== undefined, missing);
      const units = UNIT_TYPES.find(([name]) => name === title)![1];
      for (const name of NAMES) {
        // The logarithm of tfjs's WebGPU backend is finite at 0.
        if (backend === 'webgpu' && title === 'relu' && name === 'logNormalizer') continue;
        const kind = name.includes('sample') ? 'mean' : name.replace('fused ', '');
        for (const [i, input] of [-Infinity, Infinity].entries()) {
          const found = await values(
            name,
            units,
            Array.from({ length: ROWS.includes(name) ? 1 : 19 }, () => input),
          );
          const expected = limits[kind as keyof Limits][i]!;
          for (const value of found) {
            const near =
              Object.is(value, expected) ||
              Math.abs(value - expected) <=
                (kind === 'energy' ? 1e-12 : TINY) + 1e-6 * Math.abs(expected);
            expect(near, `${name} at ${input} is ${value}, expected ${expected}`).toBe(true);
          }
        }
      }
    },
  );

  test('softmax units have the right limits if several inputs of a group are infinite', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    const units = UNIT_TYPES.find(([name]) => name === 'softmax')![1];
    const odds = Math.exp(1.5);
    const cases: readonly (readonly [readonly number[], readonly number[], number])[] = [
      [[Infinity, 0.5, -1], [1, 0, 0], Infinity],
      [[-Infinity, 0.5, -1], [0, odds / (1 + odds), 1 / (1 + odds)], 0.5 + Math.log1p(1 / odds)],
      [[0, Infinity, Infinity], [0, 0.5, 0.5], Infinity],
      [[-Infinity, -Infinity, -Infinity], [1 / 3, 1 / 3, 1 / 3], -Infinity],
      [[-Infinity, Infinity, 3], [0, 1, 0], Infinity],
    ];
    const expectNear = (
      found: readonly number[],
      expected: readonly number[],
      what: string,
    ): void => {
      expect(found.length).toBe(expected.length);
      found.forEach((value, i) => {
        const near = value === expected[i] || Math.abs(value - expected[i]!) <= 1e-6;
        expect(near, `${what}: ${found.join(' ')}, expected ${expected.join(' ')}`).toBe(true);
      });
    };
    for (const [row, mean, logNormalizer] of cases) {
      const at = `at ${row.join(' ')}`;
      for (const name of ['mean', 'activation', 'fused mean'])
        expectNear(await values(name, units, row), mean, `${name} ${at}`);
      expectNear(
        await values('variance', units, row),
        mean.map((p) => p * (1 - p)),
        `variance ${at}`,
      );
      expectNear(await values('logNormalizer', units, row), [logNormalizer], `logNormalizer ${at}`);
      expectNear(await values('energy', units, row), [0], `energy ${at}`);
      for (const name of ['sample', 'fused sample', 'mode']) {
        const state = await values(name, units, row);
        expect(
          state.toSorted((a, b) => a - b),
          `${name} ${at}`,
        ).toEqual([0, 0, 1]);
        expect(mean[state.indexOf(1)], `${name} ${at}`).toBeGreaterThan(0);
      }
    }
  });
});

test('energies of impossible values do not come from outside a polynomial’s range', async () => {
  await useBackend({ backend: 'wasm' });
  for (const [title, units] of UNIT_TYPES) {
    if (title !== 'stepped sigmoid' && title !== 'nrelu') continue;
    const states = tensor2d([[-0.5], [-3], [-20], [-100]]);
    const energies = units.energy(states);
    expect([...energies.dataSync()]).toEqual([0.125, 4.5, 200, 5000]);
    dispose([states, energies]);
  }
});
