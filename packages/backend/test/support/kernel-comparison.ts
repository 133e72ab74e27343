import { denseStates, type WantedStates } from '@deepbelief/kernels';
import { uniforms, type RandomKey } from '@deepbelief/random';
import type { Units } from '@deepbelief/units';
import { memory, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { useBackend, type BackendName } from '../../src/index.ts';

/*
 * Compares a backend's fused kernels with the portable forms on tfjs's cpu backend. It needs
 * neither vitest nor Node, so it runs in browsers too.
 */

/** A layer and what to compute of it, as plain numbers. */
export interface DenseTrial {
  readonly units: Units;
  readonly rows: number;
  readonly depth: number;
  readonly size: number;
  readonly states: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly logPrecision: Float32Array | undefined;
  readonly transposed: boolean;
  readonly mean: boolean;
  readonly key: RandomKey | undefined;
}

export interface DenseNumbers {
  readonly mean: Float32Array | undefined;
  readonly sample: Float32Array | undefined;
}

/** Runs `body` on a backend and throws unless it leaves as many tensors as it found. */
export async function onBackend<T>(backend: BackendName, body: () => Promise<T>): Promise<T> {
  await useBackend({ backend });
  const before = memory().numTensors;
  const result = await body();
  const left = memory().numTensors - before;
  if (left !== 0) throw new Error(`${backend}: ${left} tensors left over`);
  return result;
}

/** `denseStates` of a trial on a backend, its biases moved by `shift`. */
export async function denseNumbers(
  backend: BackendName,
  trial: DenseTrial,
  shift = 0,
): Promise<DenseNumbers> {
  const { units, rows, depth, size, transposed, key } = trial;
  return onBackend(backend, async () => {
    const states = tensor2d(trial.states, [rows, depth]);
    const weights = tensor2d(trial.weights, transposed ? [size, depth] : [depth, size]);
    const bias = tensor1d(trial.bias.map((value) => value + shift));
    const parameters =
      trial.logPrecision === undefined ? {} : { logPrecision: tensor1d(trial.logPrecision) };
    const wanted: WantedStates = {
      mean: trial.mean,
      ...(key === undefined ? {} : { sample: key }),
    };
    const layer = { units, parameters, weights, bias, transposed };
    const found: { readonly mean: Tensor | undefined; readonly sample: Tensor | undefined } =
      denseStates(layer, states, wanted);
    const mean = (await found.mean?.data()) as Float32Array | undefined;
    const sample = (await found.sample?.data()) as Float32Array | undefined;
    for (const tensor of [
      states,
      weights,
      bias,
      ...Object.values(parameters),
      found.mean,
      found.sample,
    ])
      tensor?.dispose();
    return { mean, sample };
  });
}

/** Throws unless |actual − expected| ≤ absolute + relative · |expected| everywhere. */
export function expectNear(
  actual: Float32Array | undefined,
  expected: Float32Array | undefined,
  { absolute, relative }: { readonly absolute: number; readonly relative: number },
  what: string,
): void {
  if (actual === undefined && expected === undefined) return;
  if (actual?.length !== expected?.length)
    throw new Error(`${what}: ${actual?.length} values for ${expected?.length}`);
  expected!.forEach((value, i) => {
    const error = Math.abs(actual![i]! - value);
    if (!(error <= absolute + relative * Math.abs(value))) {
      throw new Error(`${what}: value ${i} is ${actual![i]}, expected ${value}`);
    }
  });
}

/** Half the width in x of the zone around a threshold in which a sample may fall on either side. */
const DOUBT = 2e-5;

/**
 * Throws unless samples are what the portable form draws at inputs no farther than `DOUBT` away:
 * those of all types but softmax grow with the input, and probabilities by at most DOUBT/2, so that
 * only a uniform within 1e-5 of its threshold may decide otherwise.
 */
export async function expectSamples(
  found: DenseNumbers,
  expected: DenseNumbers,
  trial: DenseTrial,
): Promise<void> {
  if (found.sample === undefined || expected.sample === undefined) {
    if (found.sample !== expected.sample) throw new Error('a sample is missing or too many');
    return;
  }
  if (trial.units.type === 'softmax')
    return expectGroupSamples(found.sample, expected.sample, trial);
  const { sample: low } = await denseNumbers('cpu', trial, -DOUBT);
  const { sample: high } = await denseNumbers('cpu', trial, DOUBT);
  found.sample.forEach((value, i) => {
    const slack = 2e-5 + 2e-5 * Math.abs(value);
    if (!(value >= low![i]! - slack && value <= high![i]! + slack)) {
      throw new Error(
        `sample ${i} is ${value}, expected ${expected.sample![i]} (${low![i]} to ${high![i]})`,
      );
    }
  });
}

async function expectGroupSamples(
  found: Float32Array,
  expected: Float32Array,
  trial: DenseTrial,
): Promise<void> {
  const group = Number(trial.units.config['groupSize']);
  const { mean } = await denseNumbers('cpu', { ...trial, mean: true, key: undefined });
  const drawn = uniforms(trial.key!, found.length / group);
  for (let g = 0; g < drawn.length; g++) {
    const one = (values: Float32Array): string =>
      [...values.subarray(g * group, (g + 1) * group)].join();
    if (one(found) === one(expected)) continue;
    let [cumulative, distance] = [0, 1];
    for (const probability of mean!.subarray(g * group, (g + 1) * group)) {
      cumulative += probability;
      distance = Math.min(distance, Math.abs(cumulative - drawn[g]!));
    }
    const hot = found.subarray(g * group, (g + 1) * group).filter((value) => value === 1).length;
    if (distance > 1e-5 || hot !== 1)
      throw new Error(`group ${g} is ${one(found)}, expected ${one(expected)}`);
  }
}
