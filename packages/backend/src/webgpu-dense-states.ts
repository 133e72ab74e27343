import type { DenseStatesAttributes } from '@deepbelief/kernels';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import {
  DENSE_COLUMNS,
  denseProduct,
  rowsEachInvocation,
  vectorReader,
  writeVector,
} from './webgpu-dense-product.ts';
import { dispatchWebgpu } from './webgpu-dispatch.ts';
import { webgpuInternals } from './webgpu-internals.ts';
import { keyUniforms, NORMAL_QUANTILE, PHILOX } from './webgpu-philox.ts';
import { WEBGPU_UNIT_STATES } from './webgpu-unit-states.ts';

/** Inputs of the `denseStatesKernel` kernels of @deepbelief/kernels. */
export type DenseInputs = NamedTensorInfoMap & {
  readonly states: TensorInfo;
  readonly weights: TensorInfo;
  readonly bias: TensorInfo;
  readonly logPrecision?: TensorInfo;
};

/**
 * The `denseStatesKernel` kernels of @deepbelief/kernels in WGSL, for unit types with independent
 * units.
 */
export function webgpuDenseStates(
  inputs: DenseInputs,
  attributes: DenseStatesAttributes,
): TensorInfo[] {
  const { units, transposed, key } = attributes;
  const states = WEBGPU_UNIT_STATES[units.type]!(units);
  const { learned = false, a = 0, b = 0, copies = 0 } = states;
  const write = outputs(inputs, attributes);
  runDense(inputs, transposed, {
    name: `${states.name} ${Object.keys(write).join(' ')}`,
    read: learned ? { logPrecision: inputs.logPrecision! } : {},
    write,
    uniforms: { ...keyUniforms(key), a: ['f32', a], b: ['f32', b], copies: ['u32', copies] },
    epilogue: (isVector) => {
      // Each defines what it needs; both define what they share.
      const helpers = new Set([
        ...(attributes.mean ? functions(states.mean) : []),
        ...(key ? functions(states.sample) : []),
      ]);
      return `${learned ? vectorReader('logPrecision', isVector).replace('logPrecision4', 'log_precision4') : ''}
${key ? PHILOX + NORMAL_QUANTILE : ''}
${[...helpers].join('\n')}
${KEEP_NAN}
fn finish(row: u32, column: u32, x: V) {
  ${attributes.mean ? writeVector('mean', 'keep_nan(x, mean4(x, column))', isVector) : ''}
  ${key ? writeVector('drawn', 'keep_nan(x, sample4(x, row * p.units + column, column))', isVector) : ''}
}`;
    },
  });
  return Object.values(write);
}

/**
 * Checks the bits of x, because WGSL may assume that no number is NaN, and its minima, maxima and
 * comparisons turn NaN into numbers.
 */
const KEEP_NAN = `
fn keep_nan(x: V, y: V) -> V {
  let is_nan = (bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffffu)) > vec4<u32>(0x7f800000u);
  return select(y, x, is_nan);
}`;

/** The functions that the WGSL of `WEBGPU_UNIT_STATES` uses. */
function functions(code: string): string[] {
  return code.split(/^(?=fn )/m);
}

/** Tensors for the requested mean and sample, in the order of the kernel's outputs. */
export function outputs(
  inputs: DenseInputs,
  { mean, key }: DenseStatesAttributes,
): Record<string, TensorInfo> {
  const shape = [inputs.states.shape[0]!, inputs.bias.shape[0]!];
  const make = (): TensorInfo => webgpuInternals().makeTensorInfo(shape, 'float32');
  return { ...(mean ? { mean: make() } : {}), ...(key ? { drawn: make() } : {}) };
}

/** The code after the product, and what it reads and writes. */
export interface DenseEpilogue {
  readonly name: string;
  /** Vectors with one value per unit. */
  readonly read: Readonly<Record<string, TensorInfo>>;
  /** Outputs [batch, units]. */
  readonly write: Readonly<Record<string, TensorInfo>>;
  readonly uniforms: Readonly<Record<string, ['u32' | 'f32', number]>>;
  /**
   * WGSL that defines `finish`; `isVector` says whether outputs and vectors are arrays of
   * vec4<f32>.
   */
  readonly epilogue: (isVector: boolean) => string;
}

/** Computes states · weights + bias, and the code after it, in one pass. */
export function runDense(inputs: DenseInputs, transposed: boolean, after: DenseEpilogue): void {
  const { states, weights, bias } = inputs;
  const [rows, depth] = states.shape as [number, number];
  const units = bias.shape[0]!;
  const shape = {
    rowsEach: rowsEachInvocation(rows, units),
    transposed,
    statesVector: depth % 4 === 0,
    unitsVector: units % 4 === 0,
  };
  const { rowsEach, statesVector, unitsVector } = shape;
  dispatchWebgpu({
    name: `dense ${Object.values(shape).join(' ')} ${after.name}`,
    code: () => denseProduct(shape, after.epilogue(unitsVector)),
    read: { states, weights, bias, ...after.read },
    write: after.write,
    vectors: [
      ...(statesVector ? ['states'] : []),
      ...(unitsVector
        ? [
            ...(transposed ? [] : ['weights']),
            'bias',
            ...Object.keys({ ...after.read, ...after.write }),
          ]
        : []),
    ],
    uniforms: {
      rows: ['u32', rows],
      depth: ['u32', depth],
      units: ['u32', units],
      ...after.uniforms,
    },
    workgroups: [Math.ceil(units / DENSE_COLUMNS), Math.ceil(rows / (16 * rowsEach)), 1],
  });
}
