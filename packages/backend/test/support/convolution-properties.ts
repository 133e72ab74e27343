import {
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
  convolutionDown,
  convolutionProduct,
  convolutionUp,
  inputStates,
  inputStatesKernel,
  mapExtents,
  type ConvolutionGeometry,
} from '@deepbelief/kernels';
import { normals, randomKey, uniforms } from '@deepbelief/random';
import { binary, gaussian, pooledBinary, softmax, type Units } from '@deepbelief/units';
import {
  dispose,
  tensor1d,
  tensor2d,
  tensor4d,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { useBackend, type BackendName } from '../../src/index.ts';
import { expectNear, onBackend } from './kernel-comparison.ts';
import { expectKernel, type KernelProperty } from './kernel-property.ts';

/**
 * Filters of all sizes over pictures hardly larger, of which they leave no pixel unseen: numbers of
 * maps and weights that are multiples of a tile's 6 and 8, and others.
 */
const geometries: fc.Arbitrary<ConvolutionGeometry> = fc
  .record({
    filterHeight: fc.integer({ min: 1, max: 5 }),
    filterWidth: fc.integer({ min: 1, max: 5 }),
    steps: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 15 })),
    over: fc.boolean(),
    channels: fc.constantFrom(1, 2, 3),
    maps: fc.constantFrom(1, 3, 8, 10, 16),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ steps, over, stride: wantedStride, padding: wantedPadding, ...rest }) => {
    const shortest = Math.min(rest.filterHeight, rest.filterWidth);
    const stride = Math.min(wantedStride, shortest);
    const padding = Math.min(wantedPadding, shortest - 1);
    const extent = (filter: number, count: number): number => {
      const least = filter - 2 * padding + (over ? padding : 0);
      return least + stride * Math.max(count, Math.ceil((1 - least) / stride));
    };
    return {
      ...rest,
      height: extent(rest.filterHeight, steps[0]),
      width: extent(rest.filterWidth, steps[1]),
      stride,
      padding,
    };
  });

async function numbersOf(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const numbers = await Promise.all(tensors.map(async (one) => (await one.data()) as Float32Array));
  dispose([...tensors]);
  return numbers;
}

/** Maps, pictures and filters' gradient of random tensors. */
async function convolved(
  backend: BackendName,
  geometry: ConvolutionGeometry,
  batch: number,
  seed: number,
): Promise<Float32Array[]> {
  return onBackend(backend, async () => {
    const { height, width, channels, filterHeight, filterWidth, maps } = geometry;
    const [rows, columns] = mapExtents(geometry);
    const draw = (site: number, count: number): Float32Array =>
      normals({ ...randomKey(seed), site }, count);
    const matrix = (site: number, columnsOf: number): Tensor2D =>
      tensor2d(draw(site, batch * columnsOf), [batch, columnsOf]);
    const pictures = matrix(0, height * width * channels);
    const states = matrix(1, rows * columns * maps);
    const weights = filterHeight * filterWidth * channels * maps;
    const filters = tensor4d(draw(2, weights), [filterHeight, filterWidth, channels, maps]);
    const numbers = await numbersOf([
      convolutionUp(geometry, pictures, filters),
      convolutionDown(geometry, states, filters),
      convolutionProduct(geometry, pictures, states),
    ]);
    dispose([pictures, states, filters]);
    return numbers;
  });
}

const convolutions: KernelProperty = {
  name: 'convolutions of every shape, stride and padding are as the portable form',
  check: async (backend) => {
    const property = fc.asyncProperty(
      geometries,
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      async (geometry, batch, seed) => {
        await useBackend({ backend });
        for (const name of [
          CONVOLUTION_UP_KERNEL,
          CONVOLUTION_DOWN_KERNEL,
          CONVOLUTION_PRODUCT_KERNEL,
        ])
          expectKernel(name, backend);
        const found = await convolved(backend, geometry, batch, seed);
        const expected = await convolved('cpu', geometry, batch, seed);
        for (const [i, name] of ['up', 'down', 'product'].entries())
          expectNear(found[i], expected[i], { absolute: 2e-4, relative: 1e-5 }, name);
      },
    );
    await fc.assert(property, { numRuns: 25, seed: 8 });
  },
};

/** Unit types whose states are computed in each of the ways there are. */
const INPUT_UNITS: readonly Units[] = [
  binary(),
  gaussian({ learnSigma: true }),
  softmax({ groupSize: 3 }),
];

interface InputTrial {
  readonly units: Units;
  readonly rows: number;
  readonly size: number;
  readonly seed: number;
  /** NaN and infinities among the inputs. */
  readonly odd: readonly number[];
}

async function statesOf(
  backend: BackendName,
  { units, rows, size, seed, odd }: InputTrial,
): Promise<Float32Array[]> {
  return onBackend(backend, async () => {
    const draw = (site: number, count: number): Float32Array =>
      normals({ ...randomKey(seed), site }, count);
    const inputs = draw(0, rows * size).map((x) => 2 * x);
    inputs.set(odd);
    const [input, bias] = [tensor2d(inputs, [rows, size]), tensor1d(draw(1, size))];
    const parameters =
      units.config['learnSigma'] === true ? { logPrecision: tensor1d(draw(2, size)) } : {};
    const key = { ...randomKey(seed), site: 5 };
    const layer = { units, parameters, bias };
    const both = inputStates(layer, input, { mean: true, sample: key });
    const mean = inputStates(layer, input, { mean: true }).mean;
    const sample = inputStates(layer, input, { sample: key }).sample;
    const numbers = await numbersOf([both.mean, both.sample, mean, sample]);
    dispose([input, bias, parameters]);
    return numbers;
  });
}

async function checkInputStates(backend: BackendName, trial: InputTrial): Promise<void> {
  await useBackend({ backend });
  expectKernel(inputStatesKernel(trial.units.type), backend);
  const found = await statesOf(backend, trial);
  const expected = await statesOf('cpu', trial);
  const near = (i: number): void => {
    const numbers = expected[i]!.map((value) => (Number.isNaN(value) ? 1e9 : value));
    const ours = found[i]!.map((value) => (Number.isNaN(value) ? 1e9 : value));
    expectNear(ours, numbers, { absolute: 1e-5, relative: 1e-5 }, `output ${i}`);
  };
  near(0);
  near(2);
  // A uniform so close to its threshold that rounding decides is one in 10⁵; there are none here.
  near(1);
  near(3);
}

const ofInput: KernelProperty = {
  name: 'states of given inputs are as the portable form',
  check: async (backend) => {
    const property = fc.asyncProperty(
      fc.constantFrom(...INPUT_UNITS),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(3, 12, 48, 51),
      fc.integer({ min: 0, max: 1000 }),
      async (units, rows, size, seed) => {
        await checkInputStates(backend, { units, rows, size, seed, odd: [] });
      },
    );
    await fc.assert(property, { numRuns: 15, seed: 9 });
  },
};

const pooled: KernelProperty = {
  name: 'max-pooled states are as the portable form, at infinity and NaN too',
  check: async (backend) => {
    const property = fc.asyncProperty(
      fc.record({
        maps: fc.constantFrom(1, 3, 4, 6, 8),
        block: fc.integer({ min: 1, max: 3 }),
        across: fc.integer({ min: 1, max: 3 }),
        strips: fc.integer({ min: 1, max: 3 }),
        rows: fc.integer({ min: 1, max: 3 }),
        seed: fc.integer({ min: 0, max: 1000 }),
        odd: fc.constantFrom<readonly number[]>([], [], [Infinity], [-Infinity], [1e30], [NaN]),
      }),
      async ({ maps, block, across, strips, rows, seed, odd }) => {
        const width = across * block;
        const units = pooledBinary({ width, maps, block });
        const size = strips * block * width * maps;
        await checkInputStates(backend, { units, rows, size, seed, odd });
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 10 });
  },
};

const pooledDraws: KernelProperty = {
  name: 'of each block at most one unit is on, where its uniform falls',
  check: async (backend) => {
    // One block of one map: the unit that is on is the first whose cumulative probability exceeds
    // the uniform, and none beyond the last.
    const key = { ...randomKey(11), site: 5 };
    const rows = 200;
    const x = [0.5, -1, 2, 0.1];
    const total = 1 + x.reduce((sum, value) => sum + Math.exp(value), 0);
    const drawn = uniforms(key, rows);
    const [, sample] = await onBackend(backend, async () => {
      const input = tensor2d(
        Float32Array.from({ length: 4 * rows }, (_, i) => x[i % 4]!),
        [rows, 4],
      );
      const bias = tensor1d([0, 0, 0, 0]);
      const units = pooledBinary({ width: 2, maps: 1, block: 2 });
      const states = inputStates({ units, parameters: {}, bias }, input, {
        mean: true,
        sample: key,
      });
      const numbers = await numbersOf([states.mean, states.sample]);
      dispose([input, bias]);
      return numbers;
    });
    for (let row = 0; row < rows; row++) {
      let end = 0;
      const on = x.findIndex((value) => (end += Math.exp(value) / total) > drawn[row]!);
      const expected = Float32Array.from({ length: 4 }, (_, i) => (i === on ? 1 : 0));
      const found = sample!.subarray(4 * row, 4 * row + 4);
      expectNear(found, expected, { absolute: 0, relative: 0 }, `row ${row}`);
    }
  },
};

/** Of the kernels of convolutions and of states that are given their inputs: on wasm alone. */
export const convolutionProperties: readonly KernelProperty[] = [
  convolutions,
  ofInput,
  pooled,
  pooledDraws,
];
