import { checkFiniteAtOnce, checkInputAtOnce, finiteRule } from '@deepbelief/training';
import { checkRbmTensors } from '@deepbelief/rbm/internal';
import { argumentError, checkFloats, floatStates, shown } from '@deepbelief/checks';
import {
  add,
  argMax,
  dispose,
  softmax,
  tidy,
  zeros,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkClasses } from './check-classes.ts';
import { checkInUse, checkLayers } from './check-layers.ts';
import { inputsOf, type ClassifierLayer } from './classifier-layer.ts';
import type { Dbn } from './dbn.ts';
import { dense } from './dense.ts';
import { OVERFLOW } from './overflow.ts';

/** The softmax layer on top: logits x W + b. */
export interface OutputLayer {
  /** Shape [features, classes]. */
  weights: Tensor2D;
  /** Shape [classes]. */
  bias: Tensor1D;
}

/**
 * A feed-forward net whose layers come from a stack of RBMs, with a softmax on top. It owns its
 * tensors: call `dispose` when done.
 */
export class Classifier {
  readonly layers: readonly ClassifierLayer[];
  readonly output: OutputLayer;
  /**
   * Names of the classes, such as the labels in a file; undefined if they only have numbers.
   */
  readonly classNames: readonly string[] | undefined;

  /**
   * @param layers from the data up; may be none. Each layer's inputs match the outputs of the one
   *   below
   * @param output on the features of the last layer, or on the data
   * @param classNames one for each class, all different; default: none
   * @throws RangeError if a tensor is not float32, the shapes do not fit together, or the names do
   *   not fit the classes
   */
  constructor(
    layers: readonly ClassifierLayer[],
    output: OutputLayer,
    classNames?: readonly string[],
  ) {
    const features = checkLayers('Classifier', layers) ?? output.weights.shape[0];
    checkFloats('Classifier', 'output.bias', output.bias, [output.bias.shape[0]]);
    checkFloats('Classifier', 'output.weights', output.weights, [features, output.bias.shape[0]]);
    this.layers = layers;
    this.output = output;
    this.classNames = classNames;
    if (classNames !== undefined && !areNames(classNames, this.classes)) {
      throw argumentError(
        `Classifier: classNames is ${shown(classNames)}, expected ${this.classes} different ` +
          'names, one for each class',
      );
    }
  }

  /** Values per example. */
  get inputs(): number {
    return inputsOf(this.layers[0] ?? this.output);
  }

  /** Number of classes. */
  get classes(): number {
    return this.output.bias.shape[0];
  }

  /**
   * Unnormalized log-probabilities of the classes, [batch, inputs] → [batch, classes];
   * differentiable in the parameters.
   *
   * @param transform applied to the states below each layer (0: the inputs), such as dropout;
   *   default: nothing
   * @throws RangeError if the inputs do not fit or have no rows, or the classifier is disposed
   */
  logits(
    inputs: Tensor2D,
    transform: (states: Tensor2D, layer: number) => Tensor2D = (states) => states,
  ): Tensor2D {
    const tensors = this.layers.flatMap(({ weights, bias }) => [weights, bias]);
    checkInUse('Classifier', 'the classifier', [...tensors, this.output.weights, this.output.bias]);
    return tidy(() => {
      let states = transform(floatStates('Classifier', 'inputs', inputs, this.inputs), 0);
      this.layers.forEach(({ units, weights, bias, parameters, transposed }, i) => {
        states = transform(
          units.activation(dense(states, weights, bias, i === 0, transposed), parameters),
          i + 1,
        );
      });
      return dense(states, this.output.weights, this.output.bias, this.layers.length === 0);
    });
  }

  /**
   * Probabilities of the classes, shape [batch, classes].
   *
   * @throws RangeError if the inputs do not fit
   * @throws NotFiniteError if the classifier overflows, except on a GPU, whose numbers cannot be
   *   read at once
   */
  probabilities(inputs: Tensor2D): Tensor2D {
    return tidy(() => softmax<Tensor2D>(this.#finiteLogits(inputs)));
  }

  /**
   * The most probable class of each example, int32 of shape [batch]. On a GPU, use `classify`,
   * which finds numbers that are not finite there too.
   *
   * @throws RangeError if the inputs do not fit
   * @throws NotFiniteError if the classifier overflows, except on a GPU, whose numbers cannot be
   *   read at once
   */
  predict(inputs: Tensor2D): Tensor1D {
    return tidy(() => argMax<Tensor1D>(this.#finiteLogits(inputs), 1));
  }

  dispose(): void {
    for (const layer of this.layers) {
      dispose([layer.weights, layer.bias, ...(Object.values(layer.parameters) as Tensor[])]);
    }
    dispose([this.output.weights, this.output.bias]);
  }

  #finiteLogits(inputs: Tensor2D): Tensor2D {
    const logits = this.logits(inputs);
    checkInputAtOnce(finiteRule('Classifier'), inputs);
    checkFiniteAtOnce('Classifier', 'logits', logits, OVERFLOW);
    return logits;
  }
}

/**
 * Makes a classifier whose hidden layers start as copies of a stack's. The softmax starts at zero,
 * so the first steps leave the features alone.
 *
 * @param classes number of classes, 2 or more
 * @throws RangeError if the stack has no layer or there are fewer classes
 */
export function classifierFromDbn(dbn: Dbn, classes: number): Classifier {
  checkClasses('classifierFromDbn', classes);
  for (const rbm of dbn.layers) checkRbmTensors('classifierFromDbn', rbm);
  const layers = dbn.layers.map(({ weights, hidden, zeroHiddenBias }) => ({
    units: hidden.units,
    weights: copy(weights),
    bias: copy(hidden.bias),
    parameters: Object.fromEntries(
      Object.entries(hidden.parameters).map(([name, value]) => [name, copy(value)]),
    ),
    zeroBias: zeroHiddenBias,
  }));
  return new Classifier(layers, { weights: zeros([dbn.size, classes]), bias: zeros([classes]) });
}

/** Whether these are different names, one for each class; plain JavaScript may pass anything. */
export function areNames(names: unknown, classes: number): boolean {
  return (
    Array.isArray(names) &&
    names.every((name) => typeof name === 'string') &&
    names.length === classes &&
    new Set(names).size === classes
  );
}

/** A tensor with bytes of its own: `clone` may share them. */
function copy<T extends Tensor>(value: T): T {
  return add<T>(value, 0);
}
