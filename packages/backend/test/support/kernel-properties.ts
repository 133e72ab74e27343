import {
  ADAM_UPDATE_KERNEL,
  adamUpdate,
  denseStatesKernel,
  MOMENTUM_UPDATE_KERNEL,
  momentumUpdate,
} from '@deepbelief/kernels';
import { normals, randomKey, uniforms, type RandomKey } from '@deepbelief/random';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  UNIFORMS_KERNEL,
  type Units,
} from '@deepbelief/units';
import { engine, getKernel, matMul, square, tensor, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { useBackend, type BackendName } from '../../src/index.ts';
import { denseNumbers, expectNear, expectSamples, onBackend, type DenseTrial } from './kernel-comparison.ts';

/** Something that must hold of a backend's fused kernels; throws where it does not. */
export interface KernelProperty {
  readonly name: string;
  readonly check: (backend: BackendName) => Promise<void>;
}

/** Every unit type, with the options that change its arithmetic. */
const UNIT_TYPES: readonly (readonly [string, Units])[] = [
  ['binary', binary()],
  ['spin', spin()],
  ['binomial', binomial({ copies: 3 })],
  ['gaussian', gaussian({ sigma: 1.5 })],
  ['gaussian with learnt σ', gaussian({ learnSigma: true })],
  ['nrelu', nrelu()],
  ['nrelu with ReLU means', nrelu({ mean: 'relu' })],
  ['nrelu with softplus means', nrelu({ mean: 'softplus' })],
  ['relu', relu()],
  ['softmax', softmax({ groupSize: 3 })],
  ['stepped sigmoid', steppedSigmoid()],
  ['stepped sigmoid of 5 copies', steppedSigmoid({ copies: 5 })],
];

const RUNS = 6;

const keys: fc.Arbitrary<RandomKey> = fc
  .tuple(fc.maxSafeNat(), fc.nat(65535), fc.oneof(fc.maxSafeNat(), fc.nat(1000)))
  .map(([seed, site, step]) => ({ ...randomKey(seed), site, step }));

/** Small sizes, which are mostly no multiples of a tile's, with ones among them. */
const extents = fc.oneof(fc.constantFrom(1, 4, 16), fc.integer({ min: 1, max: 70 }));

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

function expectKernel(name: string, backend: BackendName): void {
  const tfjs = backend === 'wasm+blas' ? 'wasm' : backend;
  if (getKernel(name, tfjs) === undefined) throw new Error(`${backend} has no kernel ${name}`);
}

function denseProperty([name, units]: (typeof UNIT_TYPES)[number]): KernelProperty {
  return {
    name: `dense ${name} units are as the portable form`,
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
        await checkDense(backend, denseTrial(units, shape, rest, seed));
      });
      await fc.assert(property, { numRuns: RUNS, seed: 1 });
    },
  };
}

/** Rows, depth and units beyond a tile, an edge of one, and so many rows that each size of tile occurs. */
const LARGE: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [129, 67, 193],
  [100, 35, 1001],
  [16, 64, 6200],
];

const largeDense: KernelProperty = {
  name: 'dense layers beyond a tile are as the portable form',
  check: async (backend) => {
    for (const [i, shape] of LARGE.entries()) {
      for (const transposed of [false, true]) {
        await checkDense(backend, denseTrial(binary(), shape, { transposed, mean: true, key: randomKey(i) }, i));
      }
    }
  },
};

const extremeInputs: KernelProperty = {
  name: 'dense units are as the portable form at inputs that saturate',
  check: async (backend) => {
    for (const [, units] of UNIT_TYPES) {
      const trial = denseTrial(units, [3, 2, 24], { transposed: false, mean: true, key: randomKey(5) }, 5);
      const bias = trial.bias.map((_, i) => [-100, -30, -16, -5, 5, 12, 17, 40][i % 8]!);
      await checkDense(backend, { ...trial, bias });
    }
  },
};

const uniformsProperty: KernelProperty = {
  name: 'uniforms are those of @deepbelief/random, bit for bit',
  check: async (backend) => {
    const property = fc.asyncProperty(keys, extents, extents, fc.nat(65534), async (key, rows, columns, draw) => {
      await onBackend(backend, async () => {
        expectKernel(UNIFORMS_KERNEL, backend);
        const shape = [rows, columns];
        const drawn = engine().runKernel(UNIFORMS_KERNEL, {}, { key, shape, draw } as object as {}) as Tensor;
        const exact = { absolute: 0, relative: 0 };
        expectNear((await drawn.data()) as Float32Array, uniforms(key, rows * columns, draw), exact, 'uniforms');
        drawn.dispose();
      });
    });
    await fc.assert(property, { numRuns: 30, seed: 2 });
  },
};

interface UpdateTrial {
  readonly rows: number;
  readonly columns: number;
  /** Rows of the factors; the gradient itself is given where it is 0. */
  readonly depth: number;
  readonly l1: number;
  readonly l2: number;
  readonly seed: number;
}

const updateTrials: fc.Arbitrary<UpdateTrial> = fc.record({
  rows: extents,
  columns: extents,
  depth: fc.oneof(fc.constant(0), extents),
  l1: fc.constantFrom(0, 0.01),
  l2: fc.constantFrom(0, 0.02),
  seed: fc.nat(),
});

/** Parameter, velocity and, for a product of new weights with states, W v after two steps; each as numbers. */
async function momentumNumbers(backend: BackendName, trial: UpdateTrial): Promise<Float32Array[]> {
  const { rows, columns, depth, l1, l2, seed } = trial;
  return onBackend(backend, async () => {
    const make = (site: number, shape: [number, number]): Tensor2D =>
      tensor2d(normals({ ...randomKey(seed), site }, shape[0] * shape[1]), shape);
    const gradient =
      depth === 0 ? make(2, [rows, columns]) : { left: make(2, [depth, rows]), right: make(3, [depth, columns]) };
    let moving = { parameter: make(0, [rows, columns]), velocity: make(1, [rows, columns]) };
    const states = make(4, [2, rows]);
    const made: Tensor[] = [states, ...('left' in gradient ? [gradient.left, gradient.right] : [gradient as Tensor2D])];
    const products: Tensor[] = [];
    for (const rate of [0.1, 0.03]) {
      // A product before the update, so that a packed or cached copy of the weights would show; values read, likewise.
      products.push(matMul(states, moving.parameter));
      await moving.parameter.data();
      made.push(moving.parameter, moving.velocity);
      moving = momentumUpdate(moving, gradient, { rate, momentum: 0.9, l1, l2 });
      products.push(matMul(states, moving.parameter));
    }
    const results = [moving.parameter, moving.velocity, ...products];
    const numbers = await Promise.all(results.map(async (result) => (await result.data()) as Float32Array));
    for (const one of new Set([...made, ...results])) one.dispose();
    return numbers;
  });
}

const momentumProperty: KernelProperty = {
  name: 'momentum updates are as the portable form, and products right after them use the new weights',
  check: async (backend) => {
    const check = async (trial: UpdateTrial): Promise<void> => {
      await useBackend({ backend });
      expectKernel(MOMENTUM_UPDATE_KERNEL, backend);
      const found = await momentumNumbers(backend, trial);
      const expected = await momentumNumbers('cpu', trial);
      for (const [i, values] of expected.entries()) {
        const magnitude = Math.sqrt(trial.depth + trial.rows + 1);
        expectNear(found[i], values, { absolute: 3e-6 * magnitude, relative: 1e-5 }, `number ${i} of the update`);
      }
    };
    await fc.assert(fc.asyncProperty(updateTrials, check), { numRuns: 12, seed: 3 });
    for (const [rows, columns, depth] of [
      [130, 68, 33],
      [1025, 705, 2],
      [1028, 708, 1],
    ] as const) {
      await check({ rows, columns, depth, l1: 0.01, l2: 0.02, seed: 4 });
    }
  },
};

async function adamNumbers(backend: BackendName, { rows, columns, l2, seed }: UpdateTrial): Promise<Float32Array[]> {
  return onBackend(backend, async () => {
    const make = (site: number): Tensor =>
      tensor(normals({ ...randomKey(seed), site }, rows * columns), [rows, columns]);
    const gradient = make(3);
    let moving = { parameter: make(0), first: make(1), second: make(2) };
    const squares = square(moving.second);
    moving.second.dispose();
    moving = { ...moving, second: squares };
    const settings = { size: 0.01, epsilon: 1e-7, beta1: 0.9, beta2: 0.999, decay: l2 };
    const made: Tensor[] = [gradient, ...Object.values(moving)];
    for (let i = 0; i < 2; i++) {
      moving = adamUpdate(moving, gradient, settings);
      made.push(...Object.values(moving));
    }
    const results = Object.values(moving);
    const numbers = await Promise.all(results.map(async (result) => (await result.data()) as Float32Array));
    for (const one of new Set(made)) one.dispose();
    return numbers;
  });
}

const adamProperty: KernelProperty = {
  name: 'Adam updates are as the portable form',
  check: async (backend) => {
    const property = fc.asyncProperty(updateTrials, async (trial) => {
      await useBackend({ backend });
      expectKernel(ADAM_UPDATE_KERNEL, backend);
      const found = await adamNumbers(backend, trial);
      const expected = await adamNumbers('cpu', trial);
      for (const [i, values] of expected.entries()) {
        expectNear(found[i], values, { absolute: 2e-6, relative: 2e-6 }, ['parameter', 'first', 'second'][i]!);
      }
    });
    await fc.assert(property, { numRuns: 8, seed: 5 });
  },
};

/** All of them. */
export const kernelProperties: readonly KernelProperty[] = [
  uniformsProperty,
  ...UNIT_TYPES.map(denseProperty),
  extremeInputs,
  largeDense,
  momentumProperty,
  adamProperty,
];
