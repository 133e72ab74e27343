import { add, mul, sub, sum, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkStates } from './check-states.ts';
import { hiddenInput, visibleInput } from './conditionals.ts';
import type { Rbm } from './rbm.ts';

/**
 * E(v, h) = E_v(v) + E_h(h) − a·v − b·h − vᵀWh for each pair of states, shape [batch].
 *
 * @throws RangeError when a state's shape does not fit
 */
export function energy(rbm: Rbm, visible: Tensor2D, hidden: Tensor2D): Tensor1D {
  checkStates('energy', 'visible', visible, rbm.visible.size);
  checkStates('energy', 'hidden', hidden, rbm.hidden.size);
  return tidy(() => {
    const units = add(
      rbm.visible.units.energy(visible, rbm.visible.parameters),
      rbm.hidden.units.energy(hidden, rbm.hidden.parameters),
    );
    // hᵀ(Wᵀv + b): the hidden bias is part of the hidden units' input.
    const joint = add(sum(mul(hiddenInput(rbm, visible), hidden), 1), biasTerm(visible, rbm.visible.bias));
    return sub<Tensor1D>(units, joint);
  });
}

/**
 * F(v) = E_v(v) − a·v − Σⱼ Γ(xⱼ) with x = vW + b, so that P(v) ∝ exp(−F(v)); shape [batch].
 * For NReLU hidden units Γ is that of the stepped sigmoid unit that they approximate.
 */
export function freeEnergy(rbm: Rbm, visible: Tensor2D): Tensor1D {
  return tidy(() => {
    const input = hiddenInput(rbm, visible);
    const own = sub(rbm.visible.units.energy(visible, rbm.visible.parameters), biasTerm(visible, rbm.visible.bias));
    return sub<Tensor1D>(own, rbm.hidden.units.logNormaliser(input, rbm.hidden.parameters));
  });
}

/** The same for hidden states: F(h) with the visible units summed out, P(h) ∝ exp(−F(h)); shape [batch]. */
export function hiddenFreeEnergy(rbm: Rbm, hidden: Tensor2D): Tensor1D {
  return tidy(() => {
    const input = visibleInput(rbm, hidden);
    const own = sub(rbm.hidden.units.energy(hidden, rbm.hidden.parameters), biasTerm(hidden, rbm.hidden.bias));
    return sub<Tensor1D>(own, rbm.visible.units.logNormaliser(input, rbm.visible.parameters));
  });
}

/** bias · state for each state, shape [batch]. */
function biasTerm(state: Tensor2D, bias: Tensor1D): Tensor1D {
  return tidy(() => sum<Tensor1D>(mul(state, bias), 1));
}
