import { checkFiniteAtOnce, checkInputAtOnce, finiteRule } from '@deepbelief/training';
import {
  argumentError,
  checkFloats,
  checkNumber,
  checkOptionNames,
  floatStates,
} from '@deepbelief/checks';
import { type Json } from '@deepbelief/rbm';
import {
  add,
  concat,
  customGrad,
  dispose,
  mul,
  sigmoid,
  sum,
  tensor1d,
  tidy,
  type GradSaveFunc,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkInUse, checkLayers } from './check-layers.ts';
import { classifierFromDbn } from './classifier.ts';
import { inputsOf, type ClassifierLayer } from './classifier-layer.ts';
import { cosineSimilarity } from './cosine-similarity.ts';
import type { Dbn } from './dbn.ts';
import { dense } from './dense.ts';
import { OVERFLOW } from './overflow.ts';
import { randomClassifier, type RandomClassifierOptions } from './random-classifier.ts';

/** Maps the cosine d of two feature vectors to the log-odds of `same`: w d + b. */
export interface SiameseOutput {
  /** w, shape [1]. */
  weight: Tensor1D;
  /** b, shape [1]. */
  bias: Tensor1D;
}

/**
 * Two inputs through the same layers F: d = F(A)·F(B) / (‖F(A)‖‖F(B)‖), P(same) = σ(w d + b). It
 * owns its tensors: call `dispose` when done.
 *
 * With rectified units and no biases F(αA) = αF(A) for α > 0, so P(same) does not depend on the
 * intensity of either input; with other units it does.
 *
 * Source: Chopra, Hadsell & LeCun 2005, "Learning a similarity metric discriminatively, with
 * application to face verification"; with the cosine, Nair & Hinton 2010, section 6.
 */
export class Siamese {
  readonly layers: readonly ClassifierLayer[];
  readonly output: SiameseOutput;
  /** How its inputs are prepared: plain data kept in its file; null if unknown. */
  readonly preparation: Json;

  /**
   * @param layers F, from the data up, at least one layer; each layer's inputs match the outputs of
   *   the one below
   * @throws RangeError if there is no layer, a tensor is not float32 or the shapes do not fit
   *   together
   */
  constructor(layers: readonly ClassifierLayer[], output: SiameseOutput, preparation: Json = null) {
    if (layers.length === 0)
      throw argumentError('Siamese: there is no layer, expected at least one');
    checkLayers('Siamese', layers);
    checkFloats('Siamese', 'output.weight', output.weight, [1]);
    checkFloats('Siamese', 'output.bias', output.bias, [1]);
    this.layers = layers;
    this.output = output;
    this.preparation = preparation;
  }

  /** Values per input. */
  get inputs(): number {
    return inputsOf(this.layers[0]!);
  }

  /**
   * F, [batch, inputs] → [batch, features]; differentiable in the parameters.
   *
   * @param transform applied to the states below each layer (0: the inputs), such as dropout;
   *   default: nothing
   * @throws RangeError if the inputs do not fit or have no rows, or the net is disposed
   */
  features(
    inputs: Tensor2D,
    transform: (states: Tensor2D, layer: number) => Tensor2D = (states) => states,
  ): Tensor2D {
    const tensors = this.layers.flatMap(({ weights, bias }) => [weights, bias]);
    checkInUse('Siamese', 'the net', [...tensors, this.output.weight, this.output.bias]);
    return tidy(() => {
      let states = transform(floatStates('Siamese', 'inputs', inputs, this.inputs), 0);
      this.layers.forEach(({ units, weights, bias, parameters, transposed }, i) => {
        states = transform(
          units.activation(dense(states, weights, bias, i === 0, transposed), parameters),
          i + 1,
        );
      });
      return states;
    });
  }

  /**
   * d of each pair, shape [pairs]; differentiable in the parameters.
   *
   * @param first shape [pairs, inputs]
   * @param second the same shape
   */
  cosines(
    first: Tensor2D,
    second: Tensor2D,
    transform?: (states: Tensor2D, layer: number) => Tensor2D,
  ): Tensor1D {
    return tidy(() => {
      const a = floatStates('Siamese', 'first', first, this.inputs);
      const b = floatStates('Siamese', 'second', second, this.inputs);
      if (a.shape[0] !== b.shape[0]) {
        throw argumentError(
          `Siamese: first has ${a.shape[0]} rows and second has ${b.shape[0]}, ` +
            'expected the same number',
        );
      }
      // Both branches in one product per layer.
      return cosineSimilarity(this.features(concat([a, b]), transform));
    });
  }

  /** Log-odds of `same`, w d + b, shape [pairs]; differentiable in the parameters. */
  logits(
    first: Tensor2D,
    second: Tensor2D,
    transform?: (states: Tensor2D, layer: number) => Tensor2D,
  ): Tensor1D {
    return tidy(() =>
      line(this.cosines(first, second, transform), this.output.weight, this.output.bias),
    );
  }

  /**
   * P(same) of each pair, shape [pairs].
   *
   * @throws RangeError if the pairs do not fit
   * @throws NotFiniteError if the net overflows, except on a GPU, whose numbers cannot be read at
   *   once
   */
  probabilities(first: Tensor2D, second: Tensor2D): Tensor1D {
    return tidy(() => {
      const logits = this.logits(first, second);
      for (const inputs of [first, second]) checkInputAtOnce(finiteRule('Siamese'), inputs);
      checkFiniteAtOnce('Siamese', 'logits', logits, OVERFLOW);
      return sigmoid(logits);
    });
  }

  dispose(): void {
    for (const { weights, bias, parameters } of this.layers) {
      dispose([weights, bias, ...(Object.values(parameters) as Tensor[])]);
    }
    dispose([this.output.weight, this.output.bias]);
  }
}

/** Log-odds before anything is known about the features: a cosine of ½ counts as undecided. */
const START = { weight: 10, bias: -5 };

/**
 * Makes a Siamese net whose layers start as copies of a stack's. Fit its output to the features of
 * training pairs (`fitSiameseOutput`) before fine-tuning.
 *
 * @throws RangeError if the stack has no layer
 */
export function siameseFromDbn(dbn: Dbn, preparation: Json = null): Siamese {
  const { layers, output } = classifierFromDbn(dbn, 2);
  dispose([output.weights, output.bias]);
  return new Siamese(layers, startOutput(), preparation);
}

/** The layers of a Siamese net that starts from random weights. */
export type RandomSiameseOptions = Omit<RandomClassifierOptions, 'classes'> & {
  readonly preparation?: Json;
};

/**
 * Makes the same net with random weights, for comparison. Its layers start like those of
 * `randomClassifier`.
 *
 * @throws RangeError if a size, the number of layers or the seed is out of range
 */
export function randomSiamese(options: RandomSiameseOptions): Siamese {
  checkOptionNames('randomSiamese', options, ['inputs', 'layers', 'seed', 'preparation']);
  const { preparation = null, ...net } = options;
  checkNumber('randomSiamese', 'layers.length', net.layers.length, { low: 1, whole: true });
  const { layers, output } = randomClassifier({ ...net, classes: 2 });
  dispose([output.weights, output.bias]);
  return new Siamese(layers, startOutput(), preparation);
}

function startOutput(): SiameseOutput {
  return { weight: tensor1d([START.weight]), bias: tensor1d([START.bias]) };
}

/** w d + b for each d. */
function line(cosines: Tensor1D, weight: Tensor1D, bias: Tensor1D): Tensor1D {
  return customGrad((...rest: (Tensor | GradSaveFunc)[]) => {
    (rest.at(-1) as GradSaveFunc)([cosines, weight]);
    return {
      value: add<Tensor1D>(mul(cosines, weight), bias),
      gradFunc: (dy: Tensor1D, saved: Tensor[]) => {
        const [d, w] = saved as [Tensor1D, Tensor1D];
        return [mul(dy, w), sum(mul(dy, d), 0, true), sum(dy, 0, true)];
      },
    };
  })(cosines, weight, bias);
}
