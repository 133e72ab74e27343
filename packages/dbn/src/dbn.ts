import { checkRbmTensors } from '@deepbelief/rbm/internal';
import { floatStates } from '@deepbelief/checks';
import { features, type Rbm } from '@deepbelief/rbm';
import { tidy, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A deep belief net: RBMs stacked so that each one's visible units are the hidden units of the one
 * below.
 *
 * Built by hand, layer by layer: train an RBM, look at it, push it, train the next on `features` of
 * the data. It owns the RBMs pushed onto it. Source: Hinton, Osindero & Teh 2006, "A fast learning
 * algorithm for deep belief nets".
 */
export class Dbn {
  readonly #layers: Rbm[] = [];

  /** The RBMs, the one on the data first. */
  get layers(): readonly Rbm[] {
    return this.#layers;
  }

  /**
   * Number of features: hidden units of the top layer. Throws a RangeError when there is no layer
   * yet.
   */
  get size(): number {
    return this.#top().hidden.size;
  }

  /**
   * Puts a trained RBM on top and owns it from now on.
   *
   * @throws RangeError when it does not have a visible unit for each hidden unit below, its visible
   *   units do not have the values that the features below may have, or its tensors do not fit it
   */
  push(rbm: Rbm): void {
    checkRbmTensors('Dbn.push', rbm);
    const below = this.#layers.at(-1);
    if (below !== undefined && rbm.visible.size !== below.hidden.size) {
      throw new RangeError(
        `Dbn.push: layer ${this.#layers.length + 1} has ${rbm.visible.size} visible units, ` +
          `expected ${below.hidden.size}, the hidden units of the layer below`,
      );
    }
    if (below !== undefined) checkRange(this.#layers.length + 1, below, rbm);
    this.#layers.push(rbm);
  }

  /**
   * Deterministic features of the top layer (or of layer `depth`, counted from 1): each layer's
   * feed-forward activation of the one below. [batch, visible of the first layer] → [batch, hidden
   * of that layer].
   *
   * @throws RangeError when there is no such layer or the data do not fit
   */
  features(visible: Tensor2D, depth: number = this.#layers.length): Tensor2D {
    this.#top();
    if (!Number.isInteger(depth) || depth < 1 || depth > this.#layers.length) {
      throw new RangeError(
        `Dbn.features: depth is ${depth}, expected a whole number from 1 to ${this.#layers.length}, the layers there are`,
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
      throw new RangeError('Dbn: there is no layer yet, push a trained RBM first');
    return top;
  }
}

/** Throws a RangeError unless the features of a layer are values of the units above it. */
function checkRange(number: number, below: Rbm, rbm: Rbm): void {
  const { units: lower } = below.hidden;
  const { units: states } = rbm.visible;
  if (lower.range.low >= states.range.low && lower.range.high <= states.range.high) return;
  throw new RangeError(
    `Dbn.push: layer ${number} has ${states.type} visible units, with values from ${states.range.low} to ` +
      `${states.range.high}, expected units for the features of ${lower.type} units, from ` +
      `${lower.range.low} to ${lower.range.high}: take ${lower.type} or gaussian ones`,
  );
}
