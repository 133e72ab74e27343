import {
  ADAM_UPDATE_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
} from '@deepbelief/kernels';
import { normals, uniforms, type RandomKey } from '@deepbelief/random';
import { UNIFORMS_KERNEL, unitsFromConfig, type UnitsConfig } from '@deepbelief/units';
import { tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { convolutionReference, isConvolution } from './convolution-calls.ts';
import type { Held, KernelCall } from './kernel-call.ts';

/**
 * The result of a sound call: its outputs (undefined: not compared), and the new values of tensors
 * changed in place.
 */
export interface Expected {
  readonly outputs: readonly (readonly number[] | undefined)[];
  readonly changed: Readonly<Record<string, readonly number[]>>;
}

type Inputs = Readonly<Record<string, Held>>;
type Numbers = Readonly<Record<string, number>>;

/** Computes a kernel by its definition, in float64. */
export function kernelReference({ kernel, attributes }: KernelCall, inputs: Inputs): Expected {
  const outputs = (...values: Expected['outputs']): Expected => ({ outputs: values, changed: {} });
  const { key, shape, scale, draw } = attributes as {
    readonly key: RandomKey;
    readonly shape: readonly [number, number];
    readonly scale: number;
    readonly draw: number;
  };
  if (isConvolution(kernel)) return outputs(convolutionReference(kernel, inputs, attributes));
  switch (kernel) {
    case MOMENTUM_UPDATE_KERNEL:
      return { outputs: [], changed: momentum(inputs, attributes as Numbers) };
    case ADAM_UPDATE_KERNEL:
      return { outputs: [], changed: adam(inputs, attributes as Numbers) };
    case GRADIENT_FACTORS_KERNEL:
      return outputs(...factors(inputs));
    case SQUARED_DISTANCE_KERNEL: {
      const y = inputs['y']!.values;
      return outputs([inputs['x']!.values.reduce((sum, x, i) => sum + (x - y[i]!) ** 2, 0)]);
    }
    case COUNT_OUTSIDE_KERNEL: {
      const { low, high } = attributes as { readonly low: number; readonly high: number };
      return outputs([inputs['states']!.values.filter((x) => !(x >= low && x <= high)).length]);
    }
    case SCALED_NORMALS_KERNEL:
      return outputs([...normals(key, shape[0] * shape[1])].map((value) => value * scale));
    case UNIFORMS_KERNEL:
      return outputs([...uniforms(key, shape[0] * shape[1], draw)]);
    default:
      return outputs(...dense(inputs, attributes));
  }
}

function momentum(
  { parameter, velocity, gradient, left, right }: Inputs,
  settings: Numbers,
): Expected['changed'] {
  const {
    rate,
    momentum: kept,
    l1,
    l2,
  } = settings as { rate: number; momentum: number; l1: number; l2: number };
  const columns = parameter!.shape[1] ?? 1;
  const ascent = (i: number): number => {
    if (gradient !== undefined) return gradient.values[i]!;
    const [rows, row, column] = [left!.shape[1]!, Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let k = 0; k < left!.shape[0]!; k++)
      sum += left!.values[k * rows + row]! * right!.values[k * columns + column]!;
    return sum;
  };
  const moved = velocity!.values.map((v, i) => {
    const theta = parameter!.values[i]!;
    return kept * v + rate * (ascent(i) - l1 * Math.sign(theta) - l2 * theta);
  });
  return { velocity: moved, parameter: parameter!.values.map((theta, i) => theta + moved[i]!) };
}

function adam(
  { parameter, first, second, gradient }: Inputs,
  settings: Numbers,
): Expected['changed'] {
  const { size, epsilon, beta1, beta2, decay } = settings as Record<string, number> & {
    size: number;
    epsilon: number;
    beta1: number;
    beta2: number;
    decay: number;
  };
  const descent = parameter!.values.map((theta, i) => gradient!.values[i]! + decay * theta);
  const m = first!.values.map((value, i) => beta1 * value + (1 - beta1) * descent[i]!);
  const s = second!.values.map((value, i) => beta2 * value + (1 - beta2) * descent[i]! ** 2);
  const moved = parameter!.values.map(
    (theta, i) => theta - (size * m[i]!) / (Math.sqrt(s[i]!) + epsilon),
  );
  return { parameter: moved, first: m, second: s };
}

function factors({ dataVisible, dataHidden, modelVisible, modelHidden }: Inputs): number[][] {
  const [batch, particles] = [dataVisible!.shape[0]!, modelVisible!.shape[0]!];
  const means = (data: Held, model: Held): number[] => {
    const columns = data.shape[1]!;
    return Array.from({ length: columns }, (_, column) => {
      const sum = ({ values }: Held): number =>
        values.reduce((total, value, i) => (i % columns === column ? total + value : total), 0);
      return sum(data) / batch - sum(model) / particles;
    });
  };
  return [
    [...dataVisible!.values, ...modelVisible!.values],
    [
      ...dataHidden!.values.map((h) => h / batch),
      ...modelHidden!.values.map((h) => -h / particles),
    ],
    means(dataVisible!, modelVisible!),
    means(dataHidden!, modelHidden!),
  ];
}

/**
 * Computes means with the unit type's portable form. Samples are skipped, because they may differ
 * if a uniform number is at a threshold.
 */
function dense(
  { states, weights, bias, ...own }: Inputs,
  attributes: KernelCall['attributes'],
): Expected['outputs'] {
  const { units, transposed, mean, key } = attributes as {
    readonly units: UnitsConfig;
    readonly transposed: boolean;
    readonly mean: boolean;
    readonly key: RandomKey | undefined;
  };
  const [rows, depth, size] = [states!.shape[0]!, states!.shape[1]!, bias!.values.length];
  const input = new Float32Array(rows * size);
  for (let i = 0; i < input.length; i++) {
    const [row, column] = [Math.floor(i / size), i % size];
    let sum = bias!.values[column]!;
    for (let k = 0; k < depth; k++) {
      sum +=
        states!.values[row * depth + k]! *
        weights!.values[transposed ? column * depth + k : k * size + column]!;
    }
    input[i] = sum;
  }
  const expected = tidy(() => {
    const parameters = Object.fromEntries(
      Object.entries(own).map(([name, { values }]) => [name, tensor1d([...values])]),
    );
    return [
      ...unitsFromConfig(units)
        .mean(tensor2d(input, [rows, size]), parameters)
        .dataSync(),
    ];
  });
  return [...(mean ? [expected] : []), ...(key === undefined ? [] : [undefined])];
}
