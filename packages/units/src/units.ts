import type { RandomKey } from '@deepbelief/random';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A layer's own parameters besides its bias, by name, with one value per unit, shape [units]: plain
 * data that the layer owns and a unit type reads. `Units.parameterBounds` has the names for a type.
 */
export type UnitParameters = Readonly<Record<string, Tensor1D>>;

/** How far training may move each value of a unit type's own parameter. */
export interface ParameterBounds {
  /** The values stay between `low` and `high`, inclusive. */
  readonly low: number;
  readonly high: number;
  /** The most that a value may change in one step. */
  readonly largestStep: number;
}

/** Neighboring units of one type in a layer of several types. */
export interface LayerPart {
  readonly units: Units;
  readonly size: number;
  /** Number of the part's first unit in the layer. */
  readonly start: number;
}

/** Lower and upper bound of a unit type's states, inclusive; ±Infinity if there is none. */
export interface StateRange {
  readonly low: number;
  readonly high: number;
}

/** The states of a unit or of a group of units, if there are finitely many. */
export interface UnitStates {
  readonly count: number;
  /**
   * Writes state number `state`, from 0 to count − 1, of the unit or group that begins at `offset`.
   * The numbers there are 0.
   */
  write(row: Float32Array, offset: number, state: number): void;
}

/**
 * A unit type: the distribution P(s|x) ∝ exp(xs − E(s)) of a state s given its total input x, which
 * contains the bias and the weighted other layer. A unit type knows nothing about weights or
 * layers.
 *
 * States and inputs are float32 of shape [batch, units]. Functions never dispose their arguments
 * and always return new tensors.
 */
export interface Units {
  /** The name in saved models and options, such as `nrelu`. */
  readonly type: string;
  /** The options that made it: plain data from which `unitsFromConfig` makes it again. */
  readonly config: UnitsConfig;
  /**
   * Whether sampling, moments, energy and log-normalizer belong to one exponential family. For
   * NReLUs they do not: these are a fast approximation of the stepped sigmoid unit and borrow its
   * energy and log-normalizer.
   */
  readonly exact: boolean;
  /**
   * The range of states and their means: 0 to 1 for binary units, any number for Gaussian ones.
   * Data outside it does not suit this type.
   */
  readonly range: StateRange;
  /**
   * Whether units are silent at negative inputs and follow positive ones, so that about half of
   * their inputs pass: feed-forward nets then start with larger weights (He et al. 2015).
   */
  readonly rectified: boolean;
  /** How many neighboring units depend on each other: 1, or the size of a softmax group. */
  readonly groupSize: number;
  /**
   * What the states of each group sum to: 1 for softmax units. Data, which may be states or
   * probabilities, must do the same. Absent if sums vary.
   */
  readonly groupSum?: number;
  /** The parts of a layer of several types, in order: see `mixed`. Absent for all other types. */
  readonly parts?: readonly LayerPart[];
  /** The states of a group, for enumeration; undefined if there are infinitely many. */
  readonly states: UnitStates | undefined;
  /** The parameters that each unit of this type learns, by name; empty for most types. */
  readonly parameterBounds: Readonly<Record<string, ParameterBounds>>;
  /**
   * What drives the next half step when these units are reconstructed, unless the trainer's options
   * say otherwise.
   */
  readonly reconstruction: 'mean' | 'sample';

  /** Σ over units of E(s), shape [batch]. */
  energy(state: Tensor2D, parameters?: UnitParameters): Tensor1D;
  /** Σ over units of Γ(x) = log Σ_s exp(xs − E(s)), shape [batch]. */
  logNormalizer(input: Tensor2D, parameters?: UnitParameters): Tensor1D;
  /** Expected state, Γ′(x) for exact types, shape [batch, units]. */
  mean(input: Tensor2D, parameters?: UnitParameters): Tensor2D;
  /** Variance of the state, Γ″(x) for exact types, shape [batch, units]. */
  variance(input: Tensor2D, parameters?: UnitParameters): Tensor2D;
  /** The most probable state, shape [batch, units]. */
  mode(input: Tensor2D, parameters?: UnitParameters): Tensor2D;
  /**
   * Samples the state with the numbers of `key`, shape [batch, units]. The same key gives the same
   * sample.
   */
  sample(input: Tensor2D, key: RandomKey, parameters?: UnitParameters): Tensor2D;
  /**
   * The unit in a feed-forward net, differentiable by tfjs: σ for binary units, max(0, x) for
   * rectified ones.
   */
  activation(input: Tensor2D, parameters?: UnitParameters): Tensor2D;

  /**
   * The input at which the mean state is `mean`, for biases that start at the data's mean; clipped
   * to finite values.
   */
  inputForMean(mean: Float32Array): Float32Array;
  /** Starting values of the parameters of `size` units, by name, each [size]. */
  initialParameters(size: number): Readonly<Record<string, Float32Array>>;
  /**
   * For each learned parameter θ: the mean over the batch of −∂E(s)/∂θ, shape [units]. It is the
   * evidence about θ in given states, such as data.
   */
  parameterGradients(state: Tensor2D, parameters?: UnitParameters): Record<string, Tensor1D>;
  /**
   * For each learned parameter θ: the mean over the batch of ∂Γ(x)/∂θ = ⟨−∂E(s)/∂θ⟩, shape [units].
   * It is the expectation of `parameterGradients` over states that are only known through their
   * input, such as those of hidden units.
   */
  parameterMoments(input: Tensor2D, parameters?: UnitParameters): Record<string, Tensor1D>;
  /**
   * Throws a RangeError that names `size` and a size that fits if a layer of `size` units cannot
   * have this type.
   */
  checkSize(size: number): void;
}

/** Plain data that names a unit type and its options. */
export interface UnitsConfig {
  readonly type: string;
  readonly [option: string]: string | number | boolean | readonly PartConfig[];
}

/** Plain data that names a part of a mixed layer. */
export type PartConfig = {
  readonly units: UnitsConfig;
  readonly size: number;
};
