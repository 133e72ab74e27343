import { checkTensor, type Indices } from '@deepbelief/checks';
import type { Rbm } from '@deepbelief/rbm';
import {
  gather,
  matMul,
  square,
  sum,
  tensor1d,
  tidy,
  transpose,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * What has filters: an RBM; a stack, from the bottom layer up to the one whose filters are meant;
 * or weights of shape [values, units].
 */
export type FilterSource = Rbm | readonly Rbm[] | Tensor2D;

/** Which filters to use. */
export interface FilterChoice {
  /** The most filters. */
  readonly limit: number;
  /** The order: that of the weights, or by decreasing Euclidean norm. */
  readonly order: 'weights' | 'norm';
  /** 1 for each unit that comes after all others, such as dead ones. Default none. */
  readonly last?: ArrayLike<number>;
}

/** Filters of some units. */
export interface FilterValues {
  /** The units' numbers. */
  readonly units: Indices;
  /** [units, values]: unit after unit, what it looks for in the data. */
  readonly values: Float32Array;
}

/**
 * Returns the filters of some hidden units. In a stack, the weights of the top layer's units are
 * projected down to the data through the layers below, W₁ … Wₙ; the norm is that of the units' own
 * weights.
 */
export async function strongestFilters(
  source: FilterSource,
  { limit, order, last }: FilterChoice,
): Promise<FilterValues> {
  const layers = weightsOf(source);
  for (const weights of layers) checkTensor('strongestFilters', 'the weights', weights);
  const top = layers.at(-1)!;
  const count = top.shape[1];
  const norms = order === 'norm' ? await columnNorms(top) : undefined;
  const isLast = (unit: number): number => last?.[unit] ?? 0;
  const units = Uint32Array.from({ length: count }, (_, unit) => unit)
    .toSorted((a, b) => isLast(a) - isLast(b) || (norms ? norms[b]! - norms[a]! : 0) || a - b)
    .slice(0, limit);
  const filters = tidy(() => {
    const own = gather(top, tensor1d(Int32Array.from(units), 'int32'), 1);
    return layers
      .slice(0, -1)
      .toReversed()
      .reduce((states, weights) => matMul<Tensor2D>(states, weights, false, true), transpose(own));
  });
  const values = (await filters.data()) as Float32Array;
  filters.dispose();
  return { units, values };
}

/** Returns the weights of all layers, the bottom one first. */
export function weightsOf(source: FilterSource): readonly Tensor2D[] {
  if (Array.isArray(source)) return (source as readonly Rbm[]).map(({ weights }) => weights);
  return ['weights' in source ? source.weights : (source as Tensor2D)];
}

/** Σᵢ Wᵢⱼ² of each column. */
async function columnNorms(weights: Tensor2D): Promise<Float32Array> {
  const norms = tidy(() => sum<Tensor1D>(square(weights), 0));
  const values = (await norms.data()) as Float32Array;
  norms.dispose();
  return values;
}
