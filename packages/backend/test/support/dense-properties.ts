import { denseStatesKernel } from '@deepbelief/kernels';
import { normals, randomKey } from '@deepbelief/random';
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
import * as fc from 'fast-check';
import { useBackend, type BackendName } from '../../src/index.ts';
import { denseNumbers, expectNear, expectSamples, type DenseTrial } from './kernel-comparison.ts';
import { expectKernel, extents, keys, type KernelProperty } from './kernel-property.ts';

/** Every unit type, with the options that change its arithmetic. */
export const UNIT_TYPES: readonly (readonly [string, Units])[] = [
  ['binary', binary()],
  ['spin', spin()],
  ['binomial', binomial({ copies: 3 })],
  ['gaussian', gaussian({ sigma: 1.5 })],
  ['gaussian with learned σ', gaussian({ learnSigma: true })],
  ['nrelu', nrelu()],
  ['nrelu with ReLU means', nrelu({ mean: 'relu' })],
  ['nrelu with softplus means', nrelu({ mean: 'softplus' })],
  ['relu', relu()],
  ['softmax', softmax({ groupSize: 3 })],
  ['stepped sigmoid', steppedSigmoid()],
  ['stepped sigmoid of 5 copies', steppedSigmoid({ copies: 5 })],
];

/** A layer whose inputs are a few units wide, from a seed. */
function denseTrial(
  units: Units,
  [rows, depth, wanted]: readonly [number, number, number],
  rest: Pick<DenseTrial, 'transposed' | 'mean' | 'key'>,
  seed: number,
): DenseTrial {
  const group = Number(units.config['groupSize'] ?? 1);
  const size = group * Math.ceil(wanted / group);
  const numbers = (site: number, count: number, scale: number): Float32Array =>
    normals({ ...randomKey(seed), site }, count).map((value) => value * scale);
  return {
    units,
    rows,
    depth,
    size,
    states: numbers(0, rows * depth, 1),
    weights: numbers(1, depth * size, 2 / Math.sqrt(depth)),
    bias: numbers(2, size, 1),
    logPrecision: units.config['learnSigma'] === true ? numbers(3, size, 0.3) : undefined,
    ...rest,
  };
}

async function checkDense(backend: BackendName, trial: DenseTrial): Promise<void> {
  await useBackend({ backend });
  expectKernel(denseStatesKernel(trial.units.type), backend);
  const found = await denseNumbers(backend, trial);
  const expected = await denseNumbers('cpu', trial);
  expectNear(found.mean, expected.mean, { absolute: 1e-5, relative: 1e-5 }, 'mean');
  await expectSamples(found, expected, trial);
}

/**
 * Of one type, what its arithmetic depends on. A GPU's shader is compiled for each layout: those
 * are tried below.
 */
function ofType([name, units]: (typeof UNIT_TYPES)[number]): KernelProperty {
  return {
    name: `dense ${name} units are as the portable form`,
    check: async (backend) => {
      const sizes = fc.tuple(
        extents,
        fc.constantFrom(4, 12, 40),
        fc.constantFrom(1, 12, 24, 51, 84),
      );
      const property = fc.asyncProperty(sizes, keys, fc.nat(), async (shape, key, seed) => {
        await checkDense(
          backend,
          denseTrial(units, shape, { transposed: false, mean: true, key }, seed),
        );
      });
      await fc.assert(property, { numRuns: 4, seed: 1 });
    },
  };
}

const layouts: KernelProperty = {
  name: 'dense layers of every layout and size are as the portable form',
  check: async (backend) => {
    const trials = fc.record({
      shape: fc.tuple(extents, extents, extents),
      transposed: fc.boolean(),
      outputs: fc.constantFrom('mean', 'sample', 'both'),
      key: keys,
      seed: fc.nat(),
    });
    const property = fc.asyncProperty(trials, async ({ shape, transposed, outputs, key, seed }) => {
      const mean = outputs !== 'sample';
      const rest = { transposed, mean, key: outputs === 'mean' ? undefined : key };
      await checkDense(backend, denseTrial(binary(), shape, rest, seed));
    });
    await fc.assert(property, { numRuns: 12, seed: 1 });
  },
};

/** Rows, depth and units beyond a tile, and so many units that a GPU's tiles get taller. */
const LARGE: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [129, 67, 193],
  [33, 3, 6145],
  [100, 5, 6148],
];

const largeDense: KernelProperty = {
  name: 'dense layers beyond a tile are as the portable form',
  check: async (backend) => {
    for (const [i, shape] of LARGE.entries()) {
      const key = shape[2] > 6000 ? undefined : randomKey(i);
      for (const transposed of [false, true]) {
        await checkDense(backend, denseTrial(binary(), shape, { transposed, mean: true, key }, i));
      }
    }
  },
};

const extremeInputs: KernelProperty = {
  name: 'dense units are as the portable form at inputs that saturate',
  check: async (backend) => {
    for (const [, units] of UNIT_TYPES) {
      const trial = denseTrial(
        units,
        [3, 4, 24],
        { transposed: false, mean: true, key: randomKey(5) },
        5,
      );
      const bias = trial.bias.map((_, i) => [-100, -30, -16, -5, 5, 12, 17, 40][i % 8]!);
      await checkDense(backend, { ...trial, bias });
    }
  },
};

/** Of the kernels of `denseStates`. */
export const denseProperties: readonly KernelProperty[] = [
  ...UNIT_TYPES.map(ofType),
  layouts,
  extremeInputs,
  largeDense,
];
