import { checkFinite } from '@deepbelief/training';
import {
  cast,
  dispose,
  greater,
  mean,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkNumber } from '@deepbelief/checks';
import { features } from './conditionals.ts';
import { visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** How active the hidden units are. */
export interface HiddenActivity {
  /** Mean activation of each hidden unit over the examples, shape [hidden]. */
  readonly perUnit: Float32Array;
  /**
   * Share of the examples for which each hidden unit is active, shape [hidden]; 0 for dead units.
   */
  readonly activePerUnit: Float32Array;
  /** Mean activation over units and examples. */
  readonly mean: number;
  /** Share of dead units, which are active (activation above `threshold`) for no example. */
  readonly dead: number;
  /**
   * Share of activations above `threshold`, over units and examples: 1 minus the sparseness of the
   * features.
   */
  readonly active: number;
}

/**
 * Measures the activity of the hidden units, by their feed-forward activations over some data.
 *
 * @param visible data, shape [batch, visible]
 * @param threshold a unit is active above it. Default 0.01
 * @throws RangeError if the data do not fit or have no rows
 * @throws NotFiniteError if an activation is not finite
 */
export async function hiddenActivity(
  rbm: Rbm,
  visible: Tensor2D,
  threshold = 0.01,
): Promise<HiddenActivity> {
  checkNumber('hiddenActivity', 'threshold', threshold, {});
  const [perUnitTensor, shareTensor] = tidy(() => {
    const activations = features(rbm, visibleStates('hiddenActivity', rbm, visible));
    return [
      mean<Tensor1D>(activations, 0),
      mean<Tensor1D>(cast(greater(activations, threshold), 'float32'), 0),
    ] as const;
  });
  try {
    const cause =
      'NaN in the data, or a model whose numbers overflow (train it with a smaller learning rate)';
    await checkFinite('hiddenActivity', 'mean activations', perUnitTensor, cause);
  } catch (error) {
    dispose([perUnitTensor, shareTensor]);
    throw error;
  }
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
