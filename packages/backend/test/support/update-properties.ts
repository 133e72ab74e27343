import {
  ADAM_UPDATE_KERNEL,
  adamUpdate,
  COUNT_OUTSIDE_KERNEL,
  countOutside,
  GRADIENT_FACTORS_KERNEL,
  gradientFactors,
  MOMENTUM_UPDATE_KERNEL,
  momentumUpdate,
} from '@deepbelief/kernels';
import { normals, randomKey } from '@deepbelief/random';
import {
  matMul,
  square,
  tensor,
  tensor2d,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { useBackend, type BackendName } from '../../src/index.ts';
import { expectNear, onBackend } from './kernel-comparison.ts';
import { expectKernel, extents, type KernelProperty } from './kernel-property.ts';

async function factorNumbers(
  backend: BackendName,
  [batch, particles, visible, hidden, seed]: readonly number[],
): Promise<Float32Array[]> {
  return onBackend(backend, async () => {
    const make = (site: number, rows: number, columns: number): Tensor2D =>
      tensor2d(normals({ ...randomKey(seed!), site }, rows * columns), [rows, columns]);
    const data = { visible: make(0, batch!, visible!), hidden: make(1, batch!, hidden!) };
    const model = { visible: make(2, particles!, visible!), hidden: make(3, particles!, hidden!) };
    const { weights, visibleBias, hiddenBias } = gradientFactors(data, model);
    const results: Tensor[] = [weights.left, weights.right, visibleBias, hiddenBias];
    const numbers = await Promise.all(
      results.map(async (result) => (await result.data()) as Float32Array),
    );
    for (const one of [...results, ...Object.values(data), ...Object.values(model)]) one.dispose();
    return numbers;
  });
}

const factorsProperty: KernelProperty = {
  name: 'factors of the gradient are as the portable form',
  check: async (backend) => {
    const property = fc.asyncProperty(
      fc.tuple(extents, extents, extents, extents, fc.nat()),
      async (trial) => {
        await useBackend({ backend });
        expectKernel(GRADIENT_FACTORS_KERNEL, backend);
        const found = await factorNumbers(backend, trial);
        const expected = await factorNumbers('cpu', trial);
        for (const [i, values] of expected.entries()) {
          expectNear(found[i], values, { absolute: 2e-6, relative: 1e-6 }, `output ${i}`);
        }
      },
    );
    await fc.assert(property, { numRuns: 8, seed: 6 });
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
  readonly rates: readonly number[];
}

const updateTrials: fc.Arbitrary<UpdateTrial> = fc.record({
  rows: extents,
  columns: extents,
  depth: fc.oneof(fc.constant(0), extents),
  l1: fc.constantFrom(0, 0.01),
  l2: fc.constantFrom(0, 0.02),
  seed: fc.nat(),
  rates: fc.constant([0.1, 0.03]),
});

/**
 * Parameter, velocity and, for a product of new weights with states, W v after each step; each as
 * numbers.
 */
async function momentumNumbers(backend: BackendName, trial: UpdateTrial): Promise<Float32Array[]> {
  const { rows, columns, depth, l1, l2, seed, rates } = trial;
  return onBackend(backend, async () => {
    const make = (site: number, shape: [number, number]): Tensor2D =>
      tensor2d(normals({ ...randomKey(seed), site }, shape[0] * shape[1]), shape);
    const gradient =
      depth === 0
        ? make(2, [rows, columns])
        : { left: make(2, [depth, rows]), right: make(3, [depth, columns]) };
    let moving = { parameter: make(0, [rows, columns]), velocity: make(1, [rows, columns]) };
    const states = make(4, [2, rows]);
    const made: Tensor[] = [
      states,
      ...('left' in gradient ? [gradient.left, gradient.right] : [gradient]),
    ];
    const products: Tensor[] = [];
    for (const rate of rates) {
      // A product before the update, so that a packed or cached copy of the weights would show;
      // values read, likewise.
      products.push(matMul(states, moving.parameter));
      await moving.parameter.data();
      made.push(moving.parameter, moving.velocity);
      moving = momentumUpdate<Tensor2D>(moving, gradient, { rate, momentum: 0.9, l1, l2 });
      products.push(matMul(states, moving.parameter));
    }
    const results = [moving.parameter, moving.velocity, ...products];
    const numbers = await Promise.all(
      results.map(async (result) => (await result.data()) as Float32Array),
    );
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
        expectNear(
          found[i],
          values,
          { absolute: 3e-6 * magnitude, relative: 1e-5 },
          `number ${i} of the update`,
        );
      }
    };
    await fc.assert(fc.asyncProperty(updateTrials, check), { numRuns: 8, seed: 3 });
    for (const [rows, columns, depth] of [
      [130, 68, 33],
      [1025, 705, 2],
      [1028, 708, 1],
    ] as const) {
      await check({ rows, columns, depth, l1: 0.01, l2: 0.02, seed: 4, rates: [0.1] });
    }
  },
};

async function adamNumbers(
  backend: BackendName,
  { rows, columns, l2, seed }: UpdateTrial,
): Promise<Float32Array[]> {
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
    const numbers = await Promise.all(
      results.map(async (result) => (await result.data()) as Float32Array),
    );
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
        expectNear(
          found[i],
          values,
          { absolute: 2e-6, relative: 2e-6 },
          ['parameter', 'first', 'second'][i]!,
        );
      }
    });
    await fc.assert(property, { numRuns: 8, seed: 5 });
  },
};

async function countNumbers(
  backend: BackendName,
  size: number,
  seed: number,
): Promise<Float32Array[]> {
  return onBackend(backend, async () => {
    const values = normals(randomKey(seed), size);
    for (let i = 0; i < size; i += 7)
      values[i] = [NaN, Infinity, -Infinity, 1, -1, -0, 3e38][(i / 7 + seed) % 7]!;
    const states = tensor(values);
    const counts = [
      countOutside(states, -1, 1),
      countOutside(states, 0, Infinity),
      countOutside(states, -Infinity, Infinity),
    ];
    const numbers = await Promise.all(
      counts.map(async (count) => Float32Array.from(await count.data())),
    );
    for (const one of [states, ...counts]) one.dispose();
    return numbers;
  });
}

const countProperty: KernelProperty = {
  name: 'values outside a range are counted as by the portable form',
  check: async (backend) => {
    const sizes = fc.oneof(extents, fc.integer({ min: 1, max: 300_000 }));
    const property = fc.asyncProperty(sizes, fc.nat(), async (size, seed) => {
      await useBackend({ backend });
      expectKernel(COUNT_OUTSIDE_KERNEL, backend);
      const found = await countNumbers(backend, size, seed);
      const expected = await countNumbers('cpu', size, seed);
      for (const [i, values] of expected.entries()) {
        expectNear(found[i], values, { absolute: 0, relative: 0 }, `count ${i}`);
      }
    });
    await fc.assert(property, { numRuns: 12, seed: 7 });
  },
};

/** Of the kernels that update parameters, and of what goes into them. */
export const updateProperties: readonly KernelProperty[] = [
  factorsProperty,
  momentumProperty,
  adamProperty,
  countProperty,
];
