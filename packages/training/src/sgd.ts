import { checkOptionNames } from '@deepbelief/checks';
import { momentumUpdate } from '@deepbelief/kernels';
import { add, mul, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { checkSchedule } from './check-schedule.ts';
import type { Link } from './optimizer.ts';
import { scheduled, type Schedule } from './schedule.ts';

/** Options of `sgd`. */
export type SgdOptions = {
  /** Share of the last step to keep, a number from 0 to 1 or a schedule. Default 0.9. */
  readonly momentum?: Schedule;
};

/**
 * Stochastic gradient steps with momentum μ: v ← μv + εg, θ ← θ + v (Polyak 1964, with g uphill).
 *
 * @param where the function that receives the options, for errors
 * @throws RangeError for an unknown option or a momentum out of range
 */
export function sgd(options: SgdOptions = {}, where = 'sgd'): Link {
  checkOptionNames(where, options, ['type', 'momentum']);
  const { momentum = 0.9 } = options;
  checkSchedule(where, 'momentum', momentum, { low: 0, high: 1 });
  return {
    config: { type: 'sgd', momentum },
    isRule: true,
    start: (parameter) => ({ velocity: zerosLike(parameter.value) }),
    turn: (direction, state, _parameter, { rate, epoch }) => {
      const share = scheduled(momentum, epoch);
      const step: Tensor = mul(direction, rate);
      const velocity = share === 0 ? step : add(mul(state['velocity']!, share), step);
      return { direction: velocity, state: { velocity } };
    },
    fused: (gradient, state, parameter, at, { l1, l2 }) => {
      // Downhill is uphill at a negative rate, which also flips the sign of the penalty.
      const sign = at.sense === 'up' ? 1 : -1;
      const { parameter: value, velocity } = momentumUpdate(
        { parameter, velocity: state['velocity']! },
        gradient,
        {
          rate: sign * at.rate,
          momentum: scheduled(momentum, at.epoch),
          l1: l1 === 0 ? 0 : sign * l1,
          l2: l2 === 0 ? 0 : sign * l2,
        },
      );
      return { value, state: { velocity } };
    },
  };
}
