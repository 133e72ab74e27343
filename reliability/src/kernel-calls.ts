import {
  ADAM_UPDATE_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  denseStatesKernel,
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
} from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import { UNIFORMS_KERNEL, unitsFromConfig, unitTypes, type UnitsConfig } from '@deepbelief/units';
import { getKernel } from '@tensorflow/tfjs-core';
import { drawConvolution } from './convolution-calls.ts';
import type { Draws } from './draws.ts';
import type { KernelCall, TensorSpec } from './kernel-call.ts';

/** Configurations of all unit types. */
const UNITS: readonly UnitsConfig[] = unitTypes.flatMap(({ type, examples }) =>
  examples.map((options) => ({ type, ...options })),
);

/** Wrong values for a number, a shape, a key or a flag. */
const JUNK: readonly unknown[] = [
  undefined,
  null,
  NaN,
  Infinity,
  -1,
  0,
  0.5,
  2 ** 31,
  2 ** 53,
  1e300,
  '',
  '1',
  'constructor',
  true,
  [],
  [1],
  [2, 2 ** 31],
  [-1, 3],
  [0, 4],
  [1.5, 2],
  {},
  { type: '__proto__' },
  { type: 'binomial', copies: 1e9 },
  { type: 'softmax', groupSize: 3 },
  { seed: [1, 2], site: 70000, step: 0 },
  { seed: [1, NaN], site: 0, step: 0 },
];

/** A call that is sound or has one or two mistakes. */
export function drawKernelCall(draws: Draws): KernelCall {
  let call = soundCall(draws);
  const mistakes = draws.pick([0, 1, 1, 2]);
  for (let i = 0; i < mistakes; i++) call = withMistake(draws, call);
  return call;
}

function soundCall(draws: Draws): KernelCall {
  const float = (...shape: number[]): TensorSpec => ({
    shape,
    dtype: 'float32',
    seed: draws.below(1000),
  });
  const extent = (): number => draws.few(20);
  const [rows, columns, depth] = [extent(), extent(), extent()];
  const key = { ...randomKey(draws.below(1000)), site: draws.below(100), step: draws.below(1000) };
  const byName = draws.once(2);
  const sound = (
    kernel: string,
    inputs: Readonly<Record<string, TensorSpec>>,
    attributes: Readonly<Record<string, unknown>> = {},
  ): KernelCall => ({ kernel, byName, inputs, attributes });
  const settings = {
    rate: 0.1,
    momentum: 0.5,
    l1: draws.pick([0, 0.01]),
    l2: draws.pick([0, 0.02]),
  };
  const matrix = { parameter: float(rows, columns), velocity: float(rows, columns) };
  const makers = [
    () => sound(MOMENTUM_UPDATE_KERNEL, { ...matrix, gradient: float(rows, columns) }, settings),
    () =>
      sound(
        MOMENTUM_UPDATE_KERNEL,
        { ...matrix, left: float(depth, rows), right: float(depth, columns) },
        settings,
      ),
    () =>
      sound(
        MOMENTUM_UPDATE_KERNEL,
        { parameter: float(rows), velocity: float(rows), gradient: float(rows) },
        settings,
      ),
    () =>
      sound(
        ADAM_UPDATE_KERNEL,
        { parameter: float(rows), first: float(rows), second: float(rows), gradient: float(rows) },
        { size: 0.1, epsilon: 1e-3, beta1: 0.9, beta2: 0.99, decay: draws.pick([0, 0.1]) },
      ),
    () => sound(SQUARED_DISTANCE_KERNEL, { x: float(rows, columns), y: float(rows, columns) }),
    () =>
      sound(
        COUNT_OUTSIDE_KERNEL,
        { states: float(rows, columns) },
        { low: -1, high: draws.pick([0, 1, 3e38]) },
      ),
    () =>
      sound(GRADIENT_FACTORS_KERNEL, {
        dataVisible: float(rows, columns),
        dataHidden: float(rows, depth),
        modelVisible: float(columns, columns),
        modelHidden: float(columns, depth),
      }),
    () => sound(SCALED_NORMALS_KERNEL, {}, { key, shape: [rows, columns], scale: 0.1 }),
    () => {
      const { kernel, inputs, geometry } = drawConvolution(draws, float);
      return sound(kernel, inputs, geometry);
    },
    () => sound(UNIFORMS_KERNEL, {}, { key, shape: [rows, columns], draw: draws.below(100) }),
  ];
  if (draws.once(2)) return draws.pick(makers)();
  const units = draws.pick(UNITS);
  const { groupSize, parameterBounds, parts } = unitsFromConfig(units);
  const learned = Object.keys(parameterBounds);
  // The parts of a mixed layer say its size.
  const size = groupSize * (parts === undefined ? columns : 1);
  const transposed = draws.once(2);
  const inputs = {
    states: float(rows, depth),
    weights: transposed ? float(size, depth) : float(depth, size),
    bias: float(size),
    ...Object.fromEntries(learned.map((name) => [name, float(size)])),
  };
  const mean = draws.once(2);
  const attributes = { units, transposed, mean, key: mean && draws.once(2) ? undefined : key };
  const call = sound(denseStatesKernel(units.type), inputs, attributes);
  // Types without a fused kernel run by the public function alone.
  return { ...call, byName: byName && getKernel(call.kernel, 'wasm') !== undefined };
}

function withMistake(draws: Draws, call: KernelCall): KernelCall {
  const names = Object.keys(call.inputs);
  const options = Object.keys(call.attributes);
  if (names.length === 0 || (options.length > 0 && draws.once(3))) {
    const name = draws.once(12) ? 'constructor' : draws.pick(options);
    return { ...call, attributes: { ...call.attributes, [name]: draws.pick(JUNK) } };
  }
  const name = draws.pick(names);
  const { [name]: spec, ...others } = call.inputs;
  if (spec === undefined || draws.once(12)) return { ...call, inputs: others };
  return { ...call, inputs: { ...call.inputs, [name]: wrongTensor(draws, spec, names) } };
}

function wrongTensor(draws: Draws, spec: TensorSpec, names: readonly string[]): TensorSpec {
  const { shape } = spec;
  const place = draws.below(shape.length);
  const wrong: readonly (() => TensorSpec)[] = [
    () => ({ ...spec, shape: shape.map((extent, i) => (i === place ? draws.few(40) : extent)) }),
    () => ({
      ...spec,
      shape: shape.map((extent, i) => (i === place ? Math.max(0, extent - 1) : extent)),
    }),
    () => ({ ...spec, shape: shape.map((extent, i) => (i === place ? extent + 1 : extent)) }),
    () => ({ ...spec, shape: shape.toReversed() }),
    () => ({ ...spec, shape: [...shape, 1] }),
    () => ({ ...spec, shape: shape.slice(1) }),
    () => ({ ...spec, dtype: draws.pick(['int32', 'bool'] as const) }),
    () => ({ ...spec, disposed: true }),
    () => ({ ...spec, same: draws.pick(names) }),
  ];
  return draws.pick(wrong)();
}
