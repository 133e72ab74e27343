import {
  ADAM_UPDATE_KERNEL,
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  denseStatesKernel,
  GRADIENT_FACTORS_KERNEL,
  inputStatesKernel,
  MOMENTUM_UPDATE_KERNEL,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
  type AdamSettings,
  type CountOutsideAttributes,
  type DenseStatesAttributes,
  type InputStatesAttributes,
  type MomentumSettings,
  type ScaledNormalsAttributes,
} from '@deepbelief/kernels';
import { fillNormals } from '@deepbelief/random';
import { UNIFORMS_KERNEL, type UniformsAttributes } from '@deepbelief/units';
import { getKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerCheckedKernel, type CheckedKernel } from './checked-kernel.ts';
import { keyWords } from './key-words.ts';
import {
  wasmConvolutionDown,
  wasmConvolutionProduct,
  wasmConvolutionUp,
} from './wasm-convolution.ts';
import { rowMajor, type Axpy, type Sgemm } from './sgemm.ts';
import {
  heapAllocate,
  heapFloats,
  heapOffset,
  integerScalar,
  makeOutput,
  sizeOfShape,
} from './wasm-heap.ts';
import { wasmKernels } from './wasm-kernels.ts';
import {
  WASM_INPUT_TYPES,
  WASM_STATE_TYPES,
  wasmStates,
  type DenseStatesInputs,
  type InputStatesInputs,
} from './wasm-states.ts';

/** From this many floats on (4 MiB), threads save more time than the second pass costs. */
const LARGE = 2 ** 20;

const NAMES: readonly string[] = [
  ...WASM_STATE_TYPES.map(denseStatesKernel),
  ...WASM_INPUT_TYPES.map(inputStatesKernel),
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  ADAM_UPDATE_KERNEL,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  CONVOLUTION_UP_KERNEL,
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  UNIFORMS_KERNEL,
];

/**
 * Registers the fused operations of `@deepbelief/kernels` with tfjs's wasm backend, with products
 * by `sgemm`.
 *
 * @param axpy adds vectors on several threads; without it, large updates are one pass on one thread
 */
export function registerFusedKernels(sgemm: Sgemm, axpy?: Axpy): void {
  const register = (name: string, compute: CheckedKernel): void =>
    registerCheckedKernel('wasm', name, compute);
  const states = wasmStates(sgemm);
  for (const type of WASM_STATE_TYPES) {
    register(denseStatesKernel(type), (inputs, attributes) =>
      states.dense(inputs as object as DenseStatesInputs, attributes as DenseStatesAttributes),
    );
  }
  for (const type of WASM_INPUT_TYPES) {
    register(inputStatesKernel(type), (inputs, attributes) =>
      states.ofInput(inputs as object as InputStatesInputs, attributes as InputStatesAttributes),
    );
  }
  register(GRADIENT_FACTORS_KERNEL, gradientFactors);
  register(SCALED_NORMALS_KERNEL, (_inputs, attributes) => {
    const { key, shape, scale } = attributes as ScaledNormalsAttributes;
    const output = makeOutput([...shape]);
    fillNormals(heapFloats(heapOffset(output), sizeOf(output)), key, scale);
    return output;
  });
  register(SQUARED_DISTANCE_KERNEL, ({ x, y }) => {
    const output = makeOutput([]);
    const value = wasmKernels().squaredDistance(heapOffset(x!), heapOffset(y!), sizeOf(x!));
    heapFloats(heapOffset(output), 1)[0] = value;
    return [output];
  });
  register(COUNT_OUTSIDE_KERNEL, ({ states: x }, attributes) => {
    const { low, high } = attributes as CountOutsideAttributes;
    return [integerScalar(wasmKernels().countOutside(heapOffset(x!), sizeOf(x!), low, high))];
  });
  register(MOMENTUM_UPDATE_KERNEL, (inputs, settings) =>
    momentumUpdate(sgemm, axpy, inputs, settings as MomentumSettings),
  );
  register(ADAM_UPDATE_KERNEL, (inputs, settings) => adamUpdate(inputs, settings as AdamSettings));
  register(CONVOLUTION_UP_KERNEL, (...call) => [wasmConvolutionUp(...call)]);
  register(CONVOLUTION_DOWN_KERNEL, (...call) => [wasmConvolutionDown(...call)]);
  register(CONVOLUTION_PRODUCT_KERNEL, (...call) => [wasmConvolutionProduct(...call)]);
  const scratch = (heapAllocate(64 + 16) + 15) & ~15;
  register(UNIFORMS_KERNEL, (_inputs, attributes) => {
    const { key, shape, draw } = attributes as UniformsAttributes;
    const output = makeOutput([...shape]);
    if (sizeOf(output) > 0) {
      wasmKernels().uniforms(heapOffset(output), sizeOf(output), ...keyWords(key, draw), scratch);
    }
    return output;
  });
}

/** Removes the fused operations, so that the portable forms run again. */
export function unregisterFusedKernels(): void {
  for (const name of NAMES)
    if (getKernel(name, 'wasm') !== undefined) unregisterKernel(name, 'wasm');
}

type Tensors = Readonly<Record<string, TensorInfo>>;

function gradientFactors({
  dataVisible,
  dataHidden,
  modelVisible,
  modelHidden,
}: Tensors): TensorInfo[] {
  const [left, visibleBias] = stack(dataVisible!, modelVisible!, false);
  const [right, hiddenBias] = stack(dataHidden!, modelHidden!, true);
  return [left, right, visibleBias, hiddenBias];
}

/**
 * Stacks the rows of both phases, as averages if `isScaled`, and computes the difference of their
 * means.
 */
function stack(data: TensorInfo, model: TensorInfo, isScaled: boolean): [TensorInfo, TensorInfo] {
  const columns = data.shape[1]!;
  const [rows, particles] = [data.shape[0]!, model.shape[0]!];
  const stacked = makeOutput([rows + particles, columns]);
  const bias = makeOutput([columns]);
  const sums = heapOffset(bias);
  heapFloats(sums, columns).fill(0);
  let out = heapOffset(stacked);
  for (const [phase, share] of [
    [data, 1 / rows],
    [model, -1 / particles],
  ] as const) {
    wasmKernels().stackRows(
      out,
      heapOffset(phase),
      phase.shape[0]!,
      columns,
      isScaled ? share : 1,
      sums,
      share,
    );
    out += 4 * sizeOf(phase);
  }
  return [stacked, bias];
}

function momentumUpdate(
  sgemm: Sgemm,
  axpy: Axpy | undefined,
  inputs: Tensors,
  { rate, momentum, l1, l2 }: MomentumSettings,
): TensorInfo[] {
  const { parameter, velocity, gradient, left, right } = inputs;
  const [theta, v] = [heapOffset(parameter!), heapOffset(velocity!)];
  const size = sizeOf(parameter!);
  const penalties = [rate * l1, rate * l2] as const;
  if (size === 0) return [];
  if (gradient !== undefined) {
    wasmKernels().followGradient(
      theta,
      v,
      heapOffset(gradient),
      size,
      momentum,
      rate,
      ...penalties,
    );
    return [];
  }
  const [depth, rows] = left!.shape as [number, number];
  const columns = right!.shape[1]!;
  sgemm({
    rows,
    columns,
    depth,
    alpha: rate,
    a: rowMajor(heapOffset(left!), rows, true),
    b: rowMajor(heapOffset(right!), columns),
    beta: momentum,
    c: v,
  });
  if (axpy !== undefined && l1 === 0 && size >= LARGE) {
    if (l2 !== 0) axpy(size, -rate * l2, theta, v);
    axpy(size, 1, v, theta);
  } else {
    wasmKernels().addVelocity(theta, v, size, ...penalties);
  }
  return [];
}

function adamUpdate(
  inputs: Tensors,
  { size, epsilon, beta1, beta2, decay }: AdamSettings,
): TensorInfo[] {
  const { parameter, first, second, gradient } = inputs;
  const [theta, m, s, g] = [parameter, first, second, gradient].map((tensor) =>
    heapOffset(tensor!),
  ) as Offsets;
  wasmKernels().adam(
    theta,
    m,
    s,
    g,
    sizeOf(parameter!),
    size,
    epsilon,
    beta1,
    beta2,
    1 - beta1,
    1 - beta2,
    decay,
  );
  return [];
}

type Offsets = [number, number, number, number];

function sizeOf({ shape }: TensorInfo): number {
  return sizeOfShape(shape);
}
