import { checkOptions, flag } from '@deepbelief/checks';
import type { Units } from '@deepbelief/units';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkRbm } from './model-states.ts';
import { flipped } from './rbm-from-arrays.ts';
import type { Layer, Rbm } from './rbm.ts';

/** A float32 array, as `encodeNpy` and `encodeNpz` of `@deepbelief/arrays` take it. */
export interface FloatArray {
  readonly dtype: 'float32';
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The numbers of an RBM, from which `rbmFromArrays` makes the same distribution. Only that training
 * keeps hidden biases at zero is not among them.
 */
export interface FloatRbmArrays {
  /** Shape [visible, hidden], or [hidden, visible] where `transposed`. */
  readonly weights: FloatArray;
  readonly visibleBias: FloatArray;
  readonly hiddenBias: FloatArray;
  readonly transposed: boolean;
  readonly visibleUnits: Units;
  readonly hiddenUnits: Units;
  readonly visibleParameters: Readonly<Record<string, FloatArray>>;
  readonly hiddenParameters: Readonly<Record<string, FloatArray>>;
}

/**
 * The numbers of an RBM as typed arrays, for PyTorch, scikit-learn or anything else; they are
 * copies.
 *
 * @param options `transposed`: whether weights become [hidden, visible], as PyTorch's `nn.Linear`
 *   and scikit-learn's `components_` have them. Default false
 * @throws RangeError for an RBM whose connection is no matrix, such as a convolution: its filters
 *   are `connection.weights`; and for an unknown option
 */
export async function rbmToArrays(
  rbm: Rbm,
  options: { readonly transposed?: boolean } = {},
): Promise<FloatRbmArrays> {
  checkOptions('rbmToArrays', options, { transposed: flag });
  checkRbm('rbmToArrays', rbm);
  const { transposed = false } = options;
  const { visible, hidden } = rbm;
  const weights = await floatArray(rbm.weights);
  return {
    weights: transposed
      ? {
          dtype: 'float32',
          shape: [hidden.size, visible.size],
          data: flipped(weights.data, visible.size, hidden.size),
        }
      : weights,
    visibleBias: await floatArray(visible.bias),
    hiddenBias: await floatArray(hidden.bias),
    transposed,
    visibleUnits: visible.units,
    hiddenUnits: hidden.units,
    visibleParameters: await parameterArrays(visible),
    hiddenParameters: await parameterArrays(hidden),
  };
}

async function parameterArrays({ parameters }: Layer): Promise<Record<string, FloatArray>> {
  const arrays: Record<string, FloatArray> = {};
  for (const [name, tensor] of Object.entries(parameters) as [string, Tensor][])
    arrays[name] = await floatArray(tensor);
  return arrays;
}

async function floatArray(tensor: Tensor): Promise<FloatArray> {
  return { dtype: 'float32', shape: tensor.shape, data: Float32Array.from(await tensor.data()) };
}
