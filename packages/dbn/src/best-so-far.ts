import { add, dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { classifierParameters, setClassifierParameter } from './classifier-parameters.ts';

/** The parameters with the lowest validation error yet: what early stopping goes back to. */
export class BestSoFar {
  #error = Infinity;
  #epoch = 0;
  #parameters: Record<string, Tensor> = {};

  get error(): number {
    return this.#error;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Copies of the parameters, by name; they stay this object's own. */
  tensors(): Readonly<Record<string, Tensor>> {
    return this.#parameters;
  }

  /** Keeps a copy of the classifier if it is better than the best so far. */
  offer(classifier: Classifier, error: number, epoch: number): void {
    if (error >= this.#error) return;
    this.restore(error, epoch, copies(classifierParameters(classifier)));
  }

  /** Gives the classifier the best parameters, if there are any. */
  giveTo(classifier: Classifier): void {
    for (const [name, value] of Object.entries(copies(this.#parameters)))
      setClassifierParameter(classifier, name, value);
  }

  /** Takes over what another one held. */
  restore(error: number, epoch: number, parameters: Record<string, Tensor>): void {
    dispose(this.#parameters);
    this.#error = error;
    this.#epoch = epoch;
    this.#parameters = parameters;
  }

  dispose(): void {
    dispose(this.#parameters);
    this.#parameters = {};
  }
}

/** Copies with bytes of their own: `clone` may share them. */
function copies(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, add(tensor, 0)]),
  );
}
