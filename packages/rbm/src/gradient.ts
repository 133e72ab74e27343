import { argumentError } from '@deepbelief/checks';
import type { Connection } from '@deepbelief/connections';
import { gradientFactors, wholeGradient, type Factors, type Statistics } from '@deepbelief/kernels';
import {
  concat,
  expandDims,
  matMul,
  neg,
  reshape,
  sub,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { hiddenInput } from './conditionals.ts';
import { hiddenStates, visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/** Directions of ascent of the mean log-likelihood, each in its parameter's shape. */
export type Gradient = {
  /**
   * As factors, left [k, visible] and right [k, hidden]. The gradient is
   * `rbm.connection.product(left, right)`: for a dense connection leftᵀ · right, which is never
   * formed if it can be avoided.
   */
  readonly weights: Factors;
  readonly visibleBias: Tensor1D;
  readonly hiddenBias: Tensor1D;
  /** Gradients of the visible units' own parameters, by name. */
  readonly visibleParameters: Readonly<Record<string, Tensor1D>>;
  /** Gradients of the hidden units' own parameters, by name. */
  readonly hiddenParameters: Readonly<Record<string, Tensor1D>>;
};

/**
 * Returns the gradient of the log-likelihood as the difference of two averages: ⟨−∂E/∂θ⟩ under the
 * data minus ⟨−∂E/∂θ⟩ under the model. For the weights, ⟨v hᵀ⟩data − ⟨v hᵀ⟩model (Hinton 2002,
 * equation 7).
 *
 * @param data states of both layers, one row per example
 * @param model states of both layers, one row per particle
 * @throws RangeError if states do not fit the RBM, or there are none
 */
export function gradient(rbm: Rbm, data: Statistics, model: Statistics): Gradient {
  return tidy(() => {
    const [fromDataStates, fromModelStates] = [
      statistics(rbm, data, 'data'),
      statistics(rbm, model, 'model'),
    ];
    return {
      ...gradientFactors(fromDataStates, fromModelStates),
      visibleParameters: difference(
        rbm.visible.units.parameterGradients(fromDataStates.visible, rbm.visible.parameters),
        rbm.visible.units.parameterGradients(fromModelStates.visible, rbm.visible.parameters),
      ),
      hiddenParameters: hiddenParameters(rbm, fromDataStates, fromModelStates),
    };
  });
}

/**
 * Returns the gradient of the hidden units' own parameters: the mean of ∂Γ(x)/∂θ under the data
 * minus that under the model, where x is the hidden units' input. The hidden states are summed out,
 * so it does not matter whether the statistics hold samples or means.
 */
function hiddenParameters(rbm: Rbm, data: Statistics, model: Statistics): Record<string, Tensor1D> {
  const { units, parameters } = rbm.hidden;
  if (Object.keys(units.parameterBounds).length === 0) return {};
  const moments = ({ visible }: Statistics): Readonly<Record<string, Tensor1D>> =>
    units.parameterMoments(hiddenInput(rbm, visible), parameters);
  return difference(moments(data), moments(model));
}

function difference(
  data: Readonly<Record<string, Tensor1D>>,
  model: Readonly<Record<string, Tensor1D>>,
): Record<string, Tensor1D> {
  return Object.fromEntries(
    Object.keys(data).map((name) => [name, sub<Tensor1D>(data[name]!, model[name]!)]),
  );
}

/** Returns both layers' states as float32 with the same number of rows. */
function statistics(rbm: Rbm, given: Statistics, name: string): Statistics {
  const visible = visibleStates('gradient', rbm, given.visible, `${name}.visible`);
  const hidden = hiddenStates('gradient', rbm, given.hidden, `${name}.hidden`);
  if (visible.shape[0] === hidden.shape[0]) return { visible, hidden };
  throw argumentError(
    `gradient: ${name}.visible has ${visible.shape[0]} rows and ${name}.hidden ` +
      `${hidden.shape[0]}, expected the same number of each`,
  );
}

/** Offsets of centering: μ for the visible layer, λ for the hidden one. */
export interface Offsets {
  readonly visible: Tensor1D;
  readonly hidden: Tensor1D;
}

/**
 * Returns the gradient of the centered model E(v, h) = … − (v − μ)ᵀ W (h − λ), converted to the
 * plain model's parameters: ∇W = ⟨(v − μ)(h − λ)ᵀ⟩data − ⟨(v − μ)(h − λ)ᵀ⟩model, ∇a = ⟨v⟩data −
 * ⟨v⟩model − ∇W λ, ∇b likewise with ∇Wᵀ μ.
 *
 * Source: Melchior, Fischer & Wiskott 2016, "How to center deep Boltzmann machines", equations 20
 * to 22.
 *
 * @param connection the connection of the weights; default dense
 */
export function centeredGradient(
  plain: Gradient,
  offsets: Offsets,
  connection?: Connection,
): Gradient {
  return tidy(() => {
    // The two outer products that centering subtracts are two more rows of the factors.
    const lessVisible = withRow(plain.weights, neg(plain.visibleBias), offsets.hidden);
    const weights = withRow(lessVisible, neg(offsets.visible), plain.hiddenBias);
    const across = isProduct(connection)
      ? productAcross(weights, offsets)
      : connectionAcross(connection!, weights, offsets);
    return {
      ...plain,
      weights,
      visibleBias: sub<Tensor1D>(plain.visibleBias, across.visible),
      hiddenBias: sub<Tensor1D>(plain.hiddenBias, across.hidden),
    };
  });
}

/** Tells whether the weights' gradient is leftᵀ · right itself. */
function isProduct(connection: Connection | undefined): boolean {
  return (
    connection === undefined ||
    (connection.matrix !== undefined && connection.constrain === undefined)
  );
}

/** Computes ∇W λ and ∇Wᵀ μ from factors, without forming ∇W. */
function productAcross({ left, right }: Factors, offsets: Offsets): Offsets {
  const column = (mean: Tensor1D): Tensor2D => expandDims<Tensor2D>(mean, 1);
  return {
    visible: reshape(matMul(matMul(right, column(offsets.hidden)), left, true, false), [-1]),
    hidden: reshape(matMul(matMul(left, column(offsets.visible)), right, true, false), [-1]),
  };
}

/** The same for any connection; the gradient is formed. */
function connectionAcross(
  connection: Connection,
  { left, right }: Factors,
  offsets: Offsets,
): Offsets {
  const formed = wholeGradient(connection.product(left, right));
  const allowed = connection.constrain?.(formed) ?? formed;
  const row = (mean: Tensor1D): Tensor2D => expandDims<Tensor2D>(mean, 0);
  return {
    visible: reshape(connection.down(row(offsets.hidden), allowed), [-1]),
    hidden: reshape(connection.up(row(offsets.visible), allowed), [-1]),
  };
}

/**
 * Returns the factors of leftᵀ · right + row ⊗ column, where `row` is as long as a row of left and
 * `column` as a row of right.
 */
export function withRow({ left, right }: Factors, row: Tensor1D, column: Tensor1D): Factors {
  return {
    left: concat<Tensor2D>([left, expandDims<Tensor2D>(row, 0)], 0),
    right: concat<Tensor2D>([right, expandDims<Tensor2D>(column, 0)], 0),
  };
}
