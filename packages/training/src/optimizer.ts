import type { Factors } from '@deepbelief/kernels';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameter, ParameterKind } from './parameter.ts';

/** The moment of a step, and how far a parameter moves. */
export interface Moment {
  /** Steps done before this one. */
  readonly step: number;
  /** Epochs done, including fractions, for schedules. */
  readonly epoch: number;
  /** Step size. */
  readonly rate: number;
  /** Up the gradient of a log-likelihood, or down the gradient of a loss. */
  readonly sense: 'up' | 'down';
}

/** What an optimizer remembers about a parameter, by name, such as its velocity. */
export type OptimizerState = Readonly<Record<string, Tensor>>;

/** A link's name and options as plain data, which checkpoints store. */
export interface LinkConfig {
  readonly type: string;
  readonly [option: string]: unknown;
}

/** An optimizer as plain data: one link, or several in order. */
export type OptimizerConfig = LinkConfig | readonly LinkConfig[];

/** A rule that turns gradients into steps: see `chain`. */
export interface Optimizer {
  /** Plain data from which it can be made again. */
  readonly config: OptimizerConfig;
  /** What it remembers before the first step. */
  start(parameter: Parameter): OptimizerState;
  /**
   * Moves a parameter: sets its value, in place if the backend can. It takes ownership of the state
   * and returns the next one, which is kept beyond tidies.
   *
   * @param gradient in the parameter's shape, or as factors for a matrix; not disposed
   */
  update(
    gradient: Tensor | Factors,
    state: OptimizerState,
    parameter: Parameter,
    at: Moment,
  ): OptimizerState;
}

/** The direction in which a parameter moves, and the link's next state. */
export interface Turned {
  readonly direction: Tensor;
  readonly state: OptimizerState;
}

/** A parameter's value and an optimizer's state. */
export interface Moved {
  readonly value: Tensor;
  readonly state: OptimizerState;
}

/** λ₁ and λ₂ of the penalty λ₁ Σ|θ| + λ₂/2 Σθ². */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/**
 * One link of an optimizer. It does one thing: it changes the direction before the rule (a penalty,
 * clipping), is the rule that turns the direction into a step (momentum, Adam), or limits the value
 * after the step (a norm, zeros that stay).
 *
 * Directions point uphill. For a loss, they start as the negative gradient.
 */
export interface Link {
  /** The options that made it. */
  readonly config: LinkConfig;
  /** The kinds of parameters that it acts on. Default: all. */
  readonly kinds?: readonly ParameterKind[];
  /** What it remembers before the first step. Default: nothing. */
  readonly start?: (parameter: Parameter) => Record<string, Tensor>;
  /** Returns the direction after this link; for a rule, the step itself. Called within `tidy`. */
  readonly turn?: (
    direction: Tensor,
    state: OptimizerState,
    parameter: Parameter,
    at: Moment,
  ) => Turned;
  /** Marks the rule. A chain has exactly one. */
  readonly isRule?: boolean;
  /** The penalty that the link adds to the direction, if that is all it does. */
  readonly penalty?: Penalty;
  /**
   * Computes penalty, rule and step in one pass from the raw gradient, in place if the backend can.
   * Undefined if there is no such pass. It leaks no tensor, inside or outside `tidy`.
   */
  readonly fused?: (
    gradient: Tensor | Factors,
    state: OptimizerState,
    value: Tensor,
    at: Moment,
    penalty: Penalty,
  ) => Moved | undefined;
  /**
   * Called with the value before a step, which the step may change in place. Returns a function
   * that makes the value after the step valid. Called within `tidy`.
   */
  readonly limit?: (before: Tensor) => (after: Tensor) => Tensor;
}

/** Makes a link from its options, which it checks. */
export type LinkType = (options: never, where: string) => Link;
