import { checkRbmTensors } from '@deepbelief/rbm/internal';
import { argumentError, floatStates } from '@deepbelief/checks';
import { features, type Rbm } from '@deepbelief/rbm';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A deep belief net: a stack of RBMs in which each one's visible units are the hidden units of the
 * one below.
 *
 * Build it layer by layer: train an RBM, inspect it, push it, train the next on `features` of the
 * data. The stack owns its RBMs. Source: Hinton, Osindero & Teh 2006, "A fast learning algorithm
 * for deep belief nets".
 */
export class Dbn {
  readonly #layers: Rbm[] = [];

  /** The RBMs, from the data up. */
  get layers(): readonly Rbm[] {
    return this.#layers;
  }

  /**
   * Number of features: hidden units of the top layer. Throws a RangeError if there is no layer
   * yet.
   */
  get size(): number {
    return this.#top().hidden.size;
  }

  /**
   * Puts a trained RBM on top and takes ownership of it.
   *
   * @throws RangeError unless it has one visible unit per hidden unit below, its visible units can
   *   have the values of the features below, and its tensors fit
   */
  push(rbm: Rbm): void {
    checkRbmTensors('Dbn.push', rbm);
    const below = this.#layers.at(-1);
    if (below !== undefined && rbm.visible.size !== below.hidden.size) {
      throw argumentError(
        `Dbn.push: layer ${this.#layers.length + 1} has ${rbm.visible.size} visible units, ` +
          `expected ${below.hidden.size}, the hidden units of the layer below`,
      );
    }
    if (below !== undefined) checkRange(this.#layers.length + 1, below, rbm);
    this.#layers.push(rbm);
  }

  /**
   * Computes deterministic features of the top layer (or of layer `depth`, counted from 1): each
   * layer's feed-forward activation of the one below. [batch, visible of the first layer] → [batch,
   * hidden of that layer].
   *
   * @throws RangeError if there is no such layer or the data does not fit
   */
  features(visible: Tensor2D, depth: number = this.#layers.length): Tensor2D {
    this.#top();
    if (!Number.isInteger(depth) || depth < 1 || depth > this.#layers.length) {
      throw argumentError(
        `Dbn.features: depth is ${depth}, expected a whole number from 1 to ` +
          `${this.#layers.length}, the layers there are`,
      );
    }
    return tidy(() => {
      const data = floatStates('Dbn.features', 'visible', visible, this.#layers[0]!.visible.size);
      return this.#layers.slice(0, depth).reduce((states, rbm) => features(rbm, states), data);
    });
  }

  dispose(): void {
    for (const rbm of this.#layers) rbm.dispose();
    this.#layers.length = 0;
  }

  #top(): Rbm {
    const top = this.#layers.at(-1);
    if (top === undefined)
      throw argumentError('Dbn: there is no layer yet, push a trained RBM first');
    return top;
  }
}

/** Throws a RangeError unless a layer's features are possible values of the units above it. */
function checkRange(number: number, below: Rbm, rbm: Rbm): void {
  const { units: lower } = below.hidden;
  const { units: states } = rbm.visible;
  if (lower.range.low >= states.range.low && lower.range.high <= states.range.high) return;
  throw argumentError(
    `Dbn.push: layer ${number} has ${states.type} visible units, with values from ` +
      `${states.range.low} to ${states.range.high}, expected units for the features of ` +
      `${lower.type} units, from ${lower.range.low} to ${lower.range.high}: take ${lower.type} ` +
      'or gaussian ones',
  );
}
