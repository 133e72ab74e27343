import type { Factors } from '@deepbelief/kernels';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameter, ParameterKind } from './parameter.ts';

/** When and how far a parameter moves. */
export interface Moment {
  /** Steps done before this one. */
  readonly step: number;
  /** Epochs done, fractions counted, for schedules. */
  readonly epoch: number;
  /** Step size. */
  readonly rate: number;
  /** Up the gradient of a log-likelihood, or down that of a loss. */
  readonly sense: 'up' | 'down';
}

/** What an optimizer remembers of a parameter, by name, such as its velocity. */
export type OptimizerState = Readonly<Record<string, Tensor>>;

/** A link's name and options as plain data, which checkpoints keep. */
export interface LinkConfig {
  readonly type: string;
  readonly [option: string]: unknown;
}

/** An optimizer as plain data: one link, or several in their order. */
export type OptimizerConfig = LinkConfig | readonly LinkConfig[];

/** A rule that turns gradients into steps: see `chain`. */
export interface Optimizer {
  /** The plain data that makes it again. */
  readonly config: OptimizerConfig;
  /** What it remembers before the first step. */
  start(parameter: Parameter): OptimizerState;
  /**
   * Moves a parameter: sets its value, in place where the backend can. Takes the state over and
   * returns the next one, which lives on beyond tidies.
   *
   * @param gradient of the parameter's shape, or as factors for a matrix; not disposed
   */
  update(
    gradient: Tensor | Factors,
    state: OptimizerState,
    parameter: Parameter,
    at: Moment,
  ): OptimizerState;
}

/** A direction that a parameter is to move in, and the link's state after it. */
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
 * One link of an optimizer. It does one thing: changes the direction before the rule (a penalty,
 * clipping), is the rule that makes a step of it (momentum, Adam), or limits the value after the
 * step (a norm, zeros that stay).
 *
 * Directions go uphill: for a loss, they begin as its gradient's negative.
 */
export interface Link {
  /** The options that made it. */
  readonly config: LinkConfig;
  /** The kinds of parameters that it acts on. Default: all. */
  readonly kinds?: readonly ParameterKind[];
  /** What it remembers before the first step. Default: nothing. */
  readonly start?: (parameter: Parameter) => Record<string, Tensor>;
  /** The direction after this link: for a rule, the step itself. Called within `tidy`. */
  readonly turn?: (
    direction: Tensor,
    state: OptimizerState,
    parameter: Parameter,
    at: Moment,
  ) => Turned;
  /** Marks the rule, of which a chain has one. */
  readonly isRule?: boolean;
  /** The penalty that the link adds to the direction, if that is all it does. */
  readonly penalty?: Penalty;
  /**
   * Penalty, rule and step in one pass, from the gradient as it is: in place where the backend can.
   * Undefined where it does not have the combination. It leaks no tensor, inside or outside `tidy`.
   */
  readonly fused?: (
    gradient: Tensor | Factors,
    state: OptimizerState,
    value: Tensor,
    at: Moment,
    penalty: Penalty,
  ) => Moved | undefined;
  /**
   * Called with the value before a step, which may be changed in place by it: returns what makes
   * the value after the step allowed. Called within `tidy`.
   */
  readonly limit?: (before: Tensor) => (after: Tensor) => Tensor;
}

/** How a link is made of its options, which it checks. */
export type LinkType = (options: never, where: string) => Link;
