import { useBackend } from '@deepbelief/backend';
import {
  ADAM_UPDATE_KERNEL,
  adamUpdate,
  COUNT_OUTSIDE_KERNEL,
  countOutside,
  denseStates,
  GRADIENT_FACTORS_KERNEL,
  gradientFactors,
  MOMENTUM_UPDATE_KERNEL,
  momentumUpdate,
  SCALED_NORMALS_KERNEL,
  scaledNormals,
  SQUARED_DISTANCE_KERNEL,
  squaredDistance,
} from '@deepbelief/kernels';
import { UNIFORMS_KERNEL, unitsFromConfig, type UnitsConfig } from '@deepbelief/units';
import { dispose, engine, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { isConvolution, runConvolution } from './convolution-calls.ts';
import type { Held, KernelCall } from './kernel-call.ts';
import { drawKernelCall } from './kernel-calls.ts';
import { kernelReference } from './kernel-reference.ts';
import { areIntact, makeAll, type Tensors } from './kernel-tensors.ts';
import { promise, type Target } from './target.ts';

/** Tensors that a kernel may change. */
const IN_PLACE: readonly string[] = ['parameter', 'velocity', 'first', 'second'];

function numbersOf(one: Tensor): Held {
  return { values: one.isDisposed ? [] : [...one.dataSync()], shape: one.shape };
}

/** Runs the kernel and returns its outputs. */
function runByName({ kernel, attributes }: KernelCall, tensors: Tensors): Tensor[] {
  const found = engine().runKernel<Tensor | Tensor[]>(kernel, tensors, {
    ...attributes,
  } as object as {});
  return Array.isArray(found) ? found : [found];
}

/** Calls the function that the kernel implements in fused form. */
function runFunction({ kernel, attributes }: KernelCall, tensors: Tensors): Tensor[] {
  // TypeScript would refuse this, but plain JavaScript passes it on.
  const t = tensors as Record<string, never>;
  const a = attributes as Record<string, never>;
  if (isConvolution(kernel)) return runConvolution(kernel, tensors, attributes);
  switch (kernel) {
    case MOMENTUM_UPDATE_KERNEL: {
      const gradient =
        'gradient' in t ? t['gradient'] : ({ left: t['left'], right: t['right'] } as never);
      momentumUpdate(
        { parameter: t['parameter']!, velocity: t['velocity']! },
        gradient,
        a as never,
      );
      return [];
    }
    case ADAM_UPDATE_KERNEL:
      adamUpdate(
        { parameter: t['parameter']!, first: t['first']!, second: t['second']! },
        t['gradient']!,
        a as never,
      );
      return [];
    case GRADIENT_FACTORS_KERNEL: {
      const found = gradientFactors(
        { visible: t['dataVisible']!, hidden: t['dataHidden']! },
        { visible: t['modelVisible']!, hidden: t['modelHidden']! },
      );
      return [found.weights.left, found.weights.right, found.visibleBias, found.hiddenBias];
    }
    case SQUARED_DISTANCE_KERNEL:
      return [squaredDistance(t['x']!, t['y']!)];
    case COUNT_OUTSIDE_KERNEL:
      return [countOutside(t['states']!, a['low']!, a['high']!)];
    case SCALED_NORMALS_KERNEL:
      return [scaledNormals(a['key']!, a['shape']!, a['scale']!)];
    default: {
      const { states, weights, bias, ...parameters } = t;
      const units = unitsFromConfig(a['units'] as unknown as UnitsConfig);
      const layer = {
        units,
        parameters,
        weights: weights!,
        bias: bias!,
        transposed: a['transposed']!,
      };
      const found = denseStates(layer, states!, { mean: a['mean']!, sample: a['key']! });
      return Object.values<Tensor2D | undefined>(found).filter((one) => one !== undefined);
    }
  }
}

/**
 * Whether a number is as expected, up to the rounding of float32 sums. Beyond float32's range, any
 * large number is.
 */
function isNear(found: number, expected: number): boolean {
  if (!(Math.abs(expected) < 1e30)) return !(Math.abs(found) < 1e29);
  return Math.abs(found - expected) <= 1e-3 + 1e-4 * Math.abs(expected);
}

function compare(what: string, found: Tensor, expected: readonly number[]): void {
  const values = found.dataSync();
  promise(
    values.length === expected.length,
    `${what} has ${values.length} values for ${expected.length}`,
  );
  expected.forEach((value, i) => {
    promise(
      isNear(values[i]!, value),
      `${what}[${i}] is ${values[i]}, the portable form gives ${value}`,
    );
  });
}

function run(call: KernelCall): void {
  const { tensors, canaries } = makeAll(call);
  const before = Object.fromEntries(
    Object.entries(tensors).map(([name, one]) => [name, numbersOf(one)]),
  );
  for (const [name, spec] of Object.entries(call.inputs))
    if (spec.disposed === true) tensors[name]!.dispose();
  let outputs: Tensor[] = [];
  let changed: Readonly<Record<string, readonly number[]>> = {};
  try {
    const byName = call.byName || call.kernel === UNIFORMS_KERNEL;
    outputs = byName ? runByName(call, tensors) : runFunction(call, tensors);
    const expected = kernelReference(call, before);
    ({ changed } = expected);
    promise(outputs.length === expected.outputs.length, `${outputs.length} outputs`);
    outputs.forEach((output, i) => {
      const values = expected.outputs[i];
      if (values === undefined) promise(!output.dataSync().some(Number.isNaN), 'a sample is NaN');
      else compare(`output ${i}`, output, values);
    });
  } finally {
    promise(areIntact(canaries), 'a tensor beside those of the call has changed');
    for (const [name, one] of Object.entries(tensors)) {
      if (one.isDisposed) continue;
      const mayChange = changed[name] !== undefined && IN_PLACE.includes(name);
      if (mayChange) compare(name, one, changed[name]!);
      else compare(`${name}, an input,`, one, before[name]!.values);
    }
    dispose([...outputs, ...canaries, tensors]);
  }
}

export const kernels: Target<KernelCall> = {
  name: 'kernels',
  about:
    'fused kernels on wasm, by name and through their functions: shapes, types, disposed ' +
    'tensors, settings',
  async prepare() {
    await useBackend({ backend: 'wasm' });
    return { refusals: [RangeError], input: drawKernelCall, run };
  },
};
