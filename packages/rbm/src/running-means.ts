import type { Connection } from '@deepbelief/connections';
import { batchMean, type Statistics } from '@deepbelief/kernels';
import {
  add,
  dispose,
  keep,
  mul,
  sub,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { centeredGradient, withRow, type Gradient } from './gradient.ts';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * Running means of the layers' states, and what follows from them: the offsets of centering and the
 * pull toward sparse activity. Each mean starts at the first minibatch's.
 */
export class RunningMeans {
  readonly #options: Pick<ResolvedTrainingOptions, 'centeringRate' | 'sparsity'>;
  readonly #means: Record<string, Tensor1D> = {};

  constructor(options: Pick<ResolvedTrainingOptions, 'centeringRate' | 'sparsity'>) {
    this.#options = options;
  }

  /**
   * Updates the means with a minibatch's states and turns the plain gradient into the one to
   * follow.
   */
  adjust(plain: Gradient, data: Statistics, connection?: Connection): Gradient {
    return tidy(() => {
      const { centeringRate, sparsity } = this.#options;
      let gradient = plain;
      if (centeringRate !== undefined) {
        const visible = this.#follow('visible', batchMean(data.visible), 1 - centeringRate);
        const hidden = this.#follow('hidden', batchMean(data.hidden), 1 - centeringRate);
        gradient = centeredGradient(gradient, { visible, hidden }, connection);
      }
      if (sparsity !== undefined) {
        const activity = this.#follow('activity', batchMean(data.hidden), sparsity.decay);
        gradient = sparseGradient(gradient, data.visible, activity, sparsity);
      }
      return gradient;
    });
  }

  /** The means, by name. This object keeps owning them. */
  tensors(): Readonly<Record<string, Tensor1D>> {
    return this.#means;
  }

  /** Takes ownership of a mean that `tensors` returned. */
  set(name: string, value: Tensor1D): void {
    this.#means[name]?.dispose();
    this.#means[name] = value;
  }

  dispose(): void {
    dispose(this.#means);
  }

  #follow(name: string, current: Tensor1D, decay: number): Tensor1D {
    const old = this.#means[name];
    const next =
      old === undefined ? current : add<Tensor1D>(mul(old, decay), mul(current, 1 - decay));
    this.set(name, keep(next));
    return next;
  }
}

/**
 * Adds cost · (target − activity) to the gradient of the hidden biases and, times the visible
 * units' means, to that of the weights (Hinton 2010, "A practical guide to training RBMs", section
 * 11).
 */
function sparseGradient(
  plain: Gradient,
  visible: Tensor2D,
  activity: Tensor1D,
  sparsity: { readonly target: number; readonly cost: number },
): Gradient {
  const pull = mul<Tensor1D>(sub(sparsity.target, activity), sparsity.cost);
  return {
    ...plain,
    weights: withRow(plain.weights, batchMean(visible), pull),
    hiddenBias: add<Tensor1D>(plain.hiddenBias, pull),
  };
}
