import { limitNorms, nonZeros, scheduled, withZeros } from '@deepbelief/training';
import { momentumUpdate } from '@deepbelief/kernels';
import {
  add,
  clipByValue,
  keep,
  mul,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Gradient } from './gradient.ts';
import { parameterTensors, setParameter } from './parameters.ts';
import type { Rbm } from './rbm.ts';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * Largest change of a unit type's own parameter in a step: a log precision moves σ by 5 % at most.
 */
const PARAMETER_STEP = 0.1;
/** Bounds of a log precision: σ between 1/1000 and 1000. */
const PARAMETER_BOUND = 2 * Math.log(1000);

/**
 * Moves all parameters of an RBM along a gradient, in place, with their velocities (by the
 * parameters' names).
 *
 * @param epoch epochs done, fractions counted, for the schedules
 */
export function applyGradient(
  rbm: Rbm,
  velocities: Record<string, Tensor>,
  gradient: Gradient,
  options: ResolvedTrainingOptions,
  epoch: number,
): void {
  tidy(() => {
    const rate = scheduled(options.learningRate, epoch);
    const momentum = scheduled(options.momentum, epoch);
    const plain = { rate, momentum, l1: 0, l2: 0 };
    const parameters = parameterTensors(rbm);

    // Before the update, which may be made in place.
    const kept = options.keepZeros ? nonZeros(rbm.weights) : undefined;
    const weights = momentumUpdate(
      { parameter: rbm.weights, velocity: velocities['weights'] as Tensor2D },
      gradient.weights,
      { ...plain, l1: options.l1, l2: options.l2 },
    );
    let next = weights.parameter;
    if (kept !== undefined) next = withZeros(next, kept);
    if (options.maxNorm !== undefined) next = limitNorms(next, options.maxNorm);
    replace('weights', next, weights.velocity);
    step('visible.bias', gradient.visibleBias);
    if (!rbm.zeroHiddenBias) step('hidden.bias', gradient.hiddenBias);
    for (const [name, ascent] of Object.entries(gradient.visibleParameters)) {
      const old = parameters[`visible.${name}`] as Tensor1D;
      const direction = clipByValue<Tensor1D>(
        mul<Tensor1D>(ascent, rate * options.parameterRate),
        -PARAMETER_STEP,
        PARAMETER_STEP,
      );
      const moved = clipByValue<Tensor1D>(
        add<Tensor1D>(old, direction),
        -PARAMETER_BOUND,
        PARAMETER_BOUND,
      );
      replace(`visible.${name}`, moved, velocities[`visible.${name}`]!);
    }

    function step(name: string, ascent: Tensor1D): void {
      const moving = {
        parameter: parameters[name] as Tensor1D,
        velocity: velocities[name] as Tensor1D,
      };
      const { parameter, velocity } = momentumUpdate(moving, ascent, plain);
      replace(name, parameter, velocity);
    }

    function replace(name: string, parameter: Tensor, velocity: Tensor): void {
      setParameter(rbm, name, keep(parameter));
      if (velocities[name] !== velocity) velocities[name]!.dispose();
      velocities[name] = keep(velocity);
    }
  });
}
