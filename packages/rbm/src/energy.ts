import { argumentError } from '@deepbelief/checks';
import { add, mul, sub, sum, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { hiddenInput, visibleInput } from './conditionals.ts';
import { hiddenStates, visibleStates } from './model-states.ts';
import type { Rbm } from './rbm.ts';

/**
 * Returns E(v, h) = E_v(v) + E_h(h) − a·v − b·h − vᵀWh for each pair of states, shape [batch].
 *
 * @throws RangeError if a state's shape does not fit
 */
export function energy(rbm: Rbm, visible: Tensor2D, hidden: Tensor2D): Tensor1D {
  return tidy(() => {
    const v = visibleStates('energy', rbm, visible);
    const h = hiddenStates('energy', rbm, hidden);
    if (v.shape[0] !== h.shape[0]) {
      throw argumentError(
        `energy: visible has ${v.shape[0]} rows and hidden ${h.shape[0]}, expected the same ` +
          'number of each',
      );
    }
    const units = add(
      rbm.visible.units.energy(v, rbm.visible.parameters),
      rbm.hidden.units.energy(h, rbm.hidden.parameters),
    );
    // hᵀ(Wᵀv + b): the hidden bias is part of the hidden units' input.
    const joint = add(sum(mul(hiddenInput(rbm, v), h), 1), biasTerm(v, rbm.visible.bias));
    return sub<Tensor1D>(units, joint);
  });
}

/**
 * Returns F(v) = E_v(v) − a·v − Σⱼ Γ(xⱼ) with x = vW + b, so that P(v) ∝ exp(−F(v)); shape [batch].
 * For NReLU hidden units Γ is that of the stepped sigmoid unit that they approximate.
 */
export function freeEnergy(rbm: Rbm, visible: Tensor2D): Tensor1D {
  return tidy(() => {
    const states = visibleStates('freeEnergy', rbm, visible);
    const input = hiddenInput(rbm, states);
    const own = sub(
      rbm.visible.units.energy(states, rbm.visible.parameters),
      biasTerm(states, rbm.visible.bias),
    );
    return sub<Tensor1D>(own, rbm.hidden.units.logNormalizer(input, rbm.hidden.parameters));
  });
}

/**
 * Returns the same for hidden states: F(h) with the visible units summed out, P(h) ∝ exp(−F(h));
 * shape [batch].
 */
export function hiddenFreeEnergy(rbm: Rbm, hidden: Tensor2D): Tensor1D {
  return tidy(() => {
    const states = hiddenStates('hiddenFreeEnergy', rbm, hidden);
    const input = visibleInput(rbm, states);
    const own = sub(
      rbm.hidden.units.energy(states, rbm.hidden.parameters),
      biasTerm(states, rbm.hidden.bias),
    );
    return sub<Tensor1D>(own, rbm.visible.units.logNormalizer(input, rbm.visible.parameters));
  });
}

/** bias · state for each state, shape [batch]. */
function biasTerm(state: Tensor2D, bias: Tensor1D): Tensor1D {
  return tidy(() => sum<Tensor1D>(mul(state, bias), 1));
}
