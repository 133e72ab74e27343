import { cast, greater, mean, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { features } from './conditionals.ts';
import type { Rbm } from './rbm.ts';

/** How much the hidden units do. */
export interface HiddenActivity {
  /** Mean activation of each hidden unit over the examples, shape [hidden]. */
  readonly perUnit: Float32Array;
  /** Share of the examples for which each hidden unit is active, shape [hidden]: 0 for dead ones. */
  readonly activePerUnit: Float32Array;
  /** Mean activation over units and examples. */
  readonly mean: number;
  /** Share of the units that are active (activation above `threshold`) for no example: dead ones. */
  readonly dead: number;
  /** Share of activations, over units and examples, above `threshold`: 1 less the sparseness of the features. */
  readonly active: number;
}

/**
 * Activity of the hidden units' feed-forward activations over some data.
 *
 * @param visible data, shape [batch, visible]
 * @param threshold above which a unit counts as active. Default 0.01
 */
export async function hiddenActivity(rbm: Rbm, visible: Tensor2D, threshold = 0.01): Promise<HiddenActivity> {
  const [perUnitTensor, shareTensor] = tidy(() => {
    const activations = features(rbm, visible);
    return [
      mean<Tensor1D>(activations, 0),
      mean<Tensor1D>(cast(greater(activations, threshold), 'float32'), 0),
    ] as const;
  });
  const perUnit = (await perUnitTensor.data()) as Float32Array;
  const share = (await shareTensor.data()) as Float32Array;
  perUnitTensor.dispose();
  shareTensor.dispose();
  return {
    perUnit,
    activePerUnit: share,
    mean: average(perUnit),
    dead: share.filter((value) => value === 0).length / share.length,
    active: average(share),
  };
}

function average(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
