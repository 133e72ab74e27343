import type { NumericArrayOf } from '@deepbelief/arrays';
import { argumentError } from '@deepbelief/checks';
import type { Classifier, Dbn } from '@deepbelief/dbn';
import type { Rbm } from '@deepbelief/rbm';
import type { Json } from '@deepbelief/training';
import type { ModelInputs } from './model-inputs.ts';

/** Rows of float32 features, probabilities and the like: shape [rows, columns]. */
export type FloatRows = NumericArrayOf<'float32'>;

/** What a model is made of. */
export interface ModelParts {
  /** What a row of its data is. */
  readonly inputs: ModelInputs;
  /** The RBMs, from the data up. */
  readonly dbn: Dbn;
  /** For models with a label. */
  readonly classifier?: Classifier | undefined;
  /** How it was trained: plain data, which its file keeps. */
  readonly training: { readonly [name: string]: Json };
}

/**
 * A model of the rows of a table: a stack of RBMs that knows what its inputs were, and for tables
 * with a label a classifier. `fit` makes it. It owns tensors: call `dispose` when done.
 */
export class Model {
  readonly inputs: ModelInputs;
  readonly dbn: Dbn;
  readonly classifier: Classifier | undefined;
  readonly training: { readonly [name: string]: Json };
  #disposed = false;

  constructor({ inputs, dbn, classifier, training }: ModelParts) {
    this.inputs = inputs;
    this.dbn = dbn;
    this.classifier = classifier;
    this.training = training;
  }

  /** The RBM of the data. */
  get rbm(): Rbm {
    if (this.#disposed) {
      throw argumentError('Model: it is disposed, expected one in use: dispose it at the end');
    }
    return this.dbn.layers[0]!;
  }

  dispose(): void {
    this.#disposed = true;
    this.dbn.dispose();
    this.classifier?.dispose();
  }
}
