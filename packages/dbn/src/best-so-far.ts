import { add, dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { Classifier } from './classifier.ts';
import { classifierParameters, setClassifierParameter } from './classifier-parameters.ts';

/** The parameters with the lowest validation error so far, which early stopping restores. */
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

  /** Copies of the parameters, by name, owned by this object. */
  tensors(): Readonly<Record<string, Tensor>> {
    return this.#parameters;
  }

  /** Keeps a copy of the classifier's parameters if they are the best so far. */
  offer(classifier: Classifier, error: number, epoch: number): void {
    if (error >= this.#error) return;
    this.restore(error, epoch, copies(classifierParameters(classifier)));
  }

  /** Gives the classifier the best parameters, if there are any. */
  giveTo(classifier: Classifier): void {
    for (const [name, value] of Object.entries(copies(this.#parameters)))
      setClassifierParameter(classifier, name, value);
  }

  /** Takes over another object's state. */
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

/** Copies with their own memory; `clone` may share it. */
function copies(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, add(tensor, 0)]),
  );
}
