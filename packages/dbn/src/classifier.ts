import { checkFiniteAtOnce, checkFloats, checkInputAtOnce, finiteRule } from '@deepbelief/training';
import { checkRbmTensors } from '@deepbelief/rbm/internal';
import { scaledNormals } from '@deepbelief/kernels';
import { foldKey, randomKey } from '@deepbelief/random';
import {
  argumentError,
  checkNumber,
  checkOptionNames,
  floatStates,
  shown,
} from '@deepbelief/checks';
import type { UnitParameters, Units } from '@deepbelief/units';
import {
  add,
  argMax,
  dispose,
  softmax,
  tensor1d,
  tidy,
  zeros,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkInUse, checkLayerOptions, checkLayers } from './check-layers.ts';
import { OVERFLOW } from './classify.ts';
import type { Dbn } from './dbn.ts';
import { dense } from './dense.ts';

/** One layer of a feed-forward net: activation(x W + b). */
export interface ClassifierLayer {
  readonly units: Units;
  /**
   * Shape [inputs, outputs], or [outputs, inputs] where they are `transposed`. Layers may share
   * them, which then have the sum of the layers' gradients (tied weights).
   */
  weights: Tensor2D;
  /** Shape [outputs]. */
  bias: Tensor1D;
  /** Whether it computes x Wᵀ, such as a decoder with an encoder's weights. Default false. */
  readonly transposed?: boolean;
  /** The unit type's own parameters; fine-tuning leaves them as they are. */
  readonly parameters: UnitParameters;
  /** Whether the bias stays at zero. */
  readonly zeroBias: boolean;
}

/** Values an example of a layer. */
export function inputsOf({
  weights,
  transposed = false,
}: Pick<ClassifierLayer, 'weights' | 'transposed'>): number {
  return weights.shape[transposed ? 1 : 0];
}

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
   * What the classes are called, such as the labels that a file has for them; undefined where they
   * are called by their numbers.
   */
  readonly classNames: readonly string[] | undefined;

  /**
   * @param layers the one on the data first, each with as many inputs as the one below has outputs;
   *   may be none
   * @param output on the features of the last layer, or on the data
   * @param classNames one for each class, each another; default: none
   * @throws RangeError when a tensor is not float32, the shapes do not fit together, or there is
   *   not a name for each class
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
        `Classifier: classNames is ${shown(classNames)}, expected ${this.classes} names, one for each class`,
      );
    }
  }

  /** Values an example. */
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
   * @param transform what is done to the states below each layer (0: the inputs), such as dropout;
   *   nothing by default
   * @throws RangeError when the inputs do not fit or have no rows, or the classifier is disposed
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
   * @throws RangeError when the inputs do not fit
   * @throws NotFiniteError when the classifier overflows; not on a GPU, whose numbers cannot be
   *   read at once
   */
  probabilities(inputs: Tensor2D): Tensor2D {
    return tidy(() => softmax<Tensor2D>(this.#finiteLogits(inputs)));
  }

  /**
   * The most probable class of each example, int32 of shape [batch]. `classify` looks on a GPU too
   * whether the numbers are finite.
   *
   * @throws RangeError when the inputs do not fit
   * @throws NotFiniteError when the classifier overflows; not on a GPU, whose numbers cannot be
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
 * A classifier whose hidden layers start as copies of a stack's; the softmax starts at zero, so
 * that the first steps leave the features alone.
 *
 * @param classes number of classes, 2 or more
 * @throws RangeError when the stack has no layer or there are fewer classes
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

/** The layers of a classifier that starts from random weights. */
export interface RandomClassifierOptions {
  /** Values an example. */
  readonly inputs: number;
  /** Hidden layers, the one on the data first. */
  readonly layers: readonly {
    readonly units: Units;
    readonly size: number;
    readonly zeroBias?: boolean;
  }[];
  readonly classes: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * The same net from random weights, for comparison: normal with variance 2 / inputs for rectified
 * units (He et al. 2015) and 2 / (inputs + outputs) for all others (Glorot & Bengio 2010), so that
 * each type gets its best known start. Biases and the softmax start at zero.
 *
 * @throws RangeError for an unknown option, and when a size, the number of classes or the seed is
 *   out of range
 */
export function randomClassifier(options: RandomClassifierOptions): Classifier {
  const where = 'randomClassifier';
  checkOptionNames(where, options, ['inputs', 'layers', 'classes', 'seed']);
  const { seed = 0 } = options;
  checkClasses(where, options.classes);
  checkNumber(where, 'inputs', options.inputs, { low: 1, whole: true });
  checkNumber(where, 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkLayerOptions(where, options.layers);
  const key = foldKey(randomKey(seed), 'random classifier');
  let inputs = options.inputs;
  const layers = options.layers.map(({ units, size, zeroBias = false }, i) => {
    const variance = units.rectified ? 2 / inputs : 2 / (inputs + size);
    const weights = scaledNormals(foldKey(key, i), [inputs, size], Math.sqrt(variance));
    inputs = size;
    const own = Object.entries(units.initialParameters(size));
    const parameters = Object.fromEntries(own.map(([name, values]) => [name, tensor1d(values)]));
    return { units, weights, bias: zeros<Rank.R1>([size]), parameters, zeroBias };
  });
  return new Classifier(layers, {
    weights: zeros([inputs, options.classes]),
    bias: zeros([options.classes]),
  });
}

/** Whether there is a name for each class, and no two are the same. */
export function areNames(names: readonly string[], classes: number): boolean {
  return names.length === classes && new Set(names).size === classes;
}

/** A tensor with bytes of its own: `clone` may share them. */
function copy<T extends Tensor>(value: T): T {
  return add<T>(value, 0);
}

function checkClasses(where: string, classes: number): void {
  checkNumber(where, 'classes', classes, { low: 2, whole: true });
}
