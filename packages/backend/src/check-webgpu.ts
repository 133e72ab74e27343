import { randomKey, uniforms } from '@deepbelief/random';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { webgpuDenseStates } from './webgpu-dense-states.ts';
import { webgpuInternals, type WebgpuInternals } from './webgpu-internals.ts';
import { webgpuMomentumUpdate } from './webgpu-momentum-update.ts';
import { webgpuUniforms } from './webgpu-uniforms.ts';

/** The methods of tfjs's WebGPU backend that this package calls. */
const METHODS = [
  'disposeData',
  'endComputePassEncoder',
  'ensureCommandEncoderReady',
  'makeTensorInfo',
  'read',
  'readSync',
  'runWebGPUProgram',
  'submitQueue',
  'uploadToGPU',
] as const satisfies readonly (keyof WebgpuInternals)[];

/**
 * Says in a clause which methods tfjs's WebGPU backend lacks, for instance because tfjs renamed
 * them.
 */
export function missingInternals(backend: object): string | undefined {
  const missing = METHODS.filter(
    (name) => typeof (backend as WebgpuInternals)[name] !== 'function',
  );
  return missing.length === 0
    ? undefined
    : `tfjs's webgpu backend has no ${missing.join(', ')}, expected as of 4.22`;
}

const SIZE = 20;

/**
 * Whether a product, an in-place update and random numbers are right on the current WebGPU backend.
 */
export async function checkWebgpu(): Promise<boolean> {
  const backend = webgpuInternals();
  const made: TensorInfo[] = [];
  const filled = (shape: readonly number[], value: (i: number) => number): TensorInfo => {
    const tensor = backend.makeTensorInfo(shape, 'float32');
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
      value(i),
    );
    backend.tensorMap.get(tensor.dataId).values = values;
    made.push(tensor);
    return tensor;
  };
  const key = randomKey(1);
  const random = webgpuUniforms({ key, shape: [1, SIZE], draw: 0 });
  // Whole numbers give the same result with any arithmetic: W_ij = i + j becomes W_ij + i + j.
  const parameter = filled([SIZE, SIZE], (i) => Math.floor(i / SIZE) + (i % SIZE));
  const velocity = filled([SIZE, SIZE], () => 0);
  const left = filled([2, SIZE], (i) => (i < SIZE ? i : 1));
  const right = filled([2, SIZE], (i) => (i < SIZE ? 1 : i - SIZE));
  webgpuMomentumUpdate(
    { parameter, velocity, left, right },
    { rate: 1, momentum: 0, l1: 0, l2: 0 },
  );
  const units = { type: 'gaussian', sigma: 1, learnSigma: false };
  const inputs = {
    states: filled([1, SIZE], () => 1),
    weights: parameter,
    bias: filled([SIZE], (i) => i),
  };
  const [mean] = webgpuDenseStates(inputs, {
    units,
    transposed: false,
    mean: true,
    key: undefined,
  });
  const [drawn, sums] = (await Promise.all(
    [random, mean!].map(async ({ dataId }) => backend.read(dataId)),
  )) as [Float32Array, Float32Array];
  for (const { dataId } of [...made, random, mean!]) backend.disposeData(dataId);
  const total = (SIZE * (SIZE - 1)) / 2;
  const sameDraws = uniforms(key, SIZE).every((value, i) => value === drawn[i]);
  return (
    sameDraws &&
    sums.length === SIZE &&
    sums.every((value, i) => value === 2 * (total + SIZE * i) + i)
  );
}
