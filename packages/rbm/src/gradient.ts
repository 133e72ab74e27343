import {
  add,
  concat,
  div,
  expandDims,
  matMul,
  mean,
  neg,
  outerProduct,
  reshape,
  sub,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Rbm } from './rbm.ts';

/** States of both layers, one row an example or a particle. */
export interface Statistics {
  readonly visible: Tensor2D;
  readonly hidden: Tensor2D;
}

/** Directions of ascent of the mean log-likelihood, each of its parameter's shape. */
export type Gradient = {
  readonly weights: Tensor2D;
  readonly visibleBias: Tensor1D;
  readonly hiddenBias: Tensor1D;
  /** Of the visible units' own parameters, by name. */
  readonly visibleParameters: Readonly<Record<string, Tensor1D>>;
};

/**
 * The gradient of the log-likelihood as the difference of two averages: ⟨−∂E/∂θ⟩ under the data less ⟨−∂E/∂θ⟩ under
 * the model. For the weights, ⟨v hᵀ⟩data − ⟨v hᵀ⟩model (Hinton 2002, equation 7).
 */
export function gradient(rbm: Rbm, data: Statistics, model: Statistics): Gradient {
  return tidy(() => {
    // One product over both phases' rows, instead of two products and a difference of the size of the weights.
    const visible = concat([data.visible, model.visible], 0);
    const hidden = concat(
      [div<Tensor2D>(data.hidden, data.hidden.shape[0]), div<Tensor2D>(neg(model.hidden), model.hidden.shape[0])],
      0,
    );
    const fromData = rbm.visible.units.parameterGradients(data.visible, rbm.visible.parameters);
    const fromModel = rbm.visible.units.parameterGradients(model.visible, rbm.visible.parameters);
    const visibleParameters: Record<string, Tensor1D> = {};
    for (const name of Object.keys(rbm.visible.parameters) as (keyof typeof fromData)[]) {
      visibleParameters[name] = sub<Tensor1D>(fromData[name]!, fromModel[name]!);
    }
    return {
      weights: matMul<Tensor2D>(visible, hidden, true, false),
      visibleBias: sub<Tensor1D>(mean(data.visible, 0), mean(model.visible, 0)),
      hiddenBias: sub<Tensor1D>(mean(data.hidden, 0), mean(model.hidden, 0)),
      visibleParameters,
    };
  });
}

/** Offsets of centering: μ of the visible layer, λ of the hidden one. */
export interface Offsets {
  readonly visible: Tensor1D;
  readonly hidden: Tensor1D;
}

/**
 * The gradient of the centred model E(v, h) = … − (v − μ)ᵀ W (h − λ), brought back to the plain model's parameters:
 * ∇W = ⟨(v − μ)(h − λ)ᵀ⟩data − ⟨(v − μ)(h − λ)ᵀ⟩model, ∇a = ⟨v⟩data − ⟨v⟩model − ∇W λ, ∇b likewise with ∇Wᵀ μ.
 *
 * Source: Melchior, Fischer & Wiskott 2016, "How to center deep Boltzmann machines", equations 20 to 22.
 */
export function centredGradient(plain: Gradient, offsets: Offsets): Gradient {
  return tidy(() => {
    const shift = add(outerProduct(plain.visibleBias, offsets.hidden), outerProduct(offsets.visible, plain.hiddenBias));
    const weights = sub<Tensor2D>(plain.weights, shift);
    const along = reshape(matMul(weights, expandDims<Tensor2D>(offsets.hidden, 1)), [-1]);
    const across = reshape(matMul(expandDims<Tensor2D>(offsets.visible, 0), weights), [-1]);
    return {
      weights,
      visibleBias: sub<Tensor1D>(plain.visibleBias, along),
      hiddenBias: sub<Tensor1D>(plain.hiddenBias, across),
      visibleParameters: plain.visibleParameters,
    };
  });
}
