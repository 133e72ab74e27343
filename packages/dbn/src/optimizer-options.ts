import { checkNumber, checkOptionNames, shown } from '@deepbelief/checks';

/** How fine-tuning turns gradients into steps. */
export type OptimizerOptions =
  /** Stochastic gradient descent with momentum, default 0.9. */
  | { readonly type: 'sgd'; readonly momentum?: number }
  /** Adam (Kingma & Ba 2015), defaults 0.9, 0.999, 1e-8. */
  | {
      readonly type: 'adam';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
    };

/** Optimizer options with the defaults filled in. */
export type ResolvedOptimizerOptions = Required<OptimizerOptions>;

/** Below it Adam's ε does not keep float32 from dividing zero by zero where a gradient vanishes. */
const LEAST_EPSILON = 1e-20;

/**
 * Fills in the defaults and checks every option.
 *
 * @throws RangeError that names the option, its value and what was expected
 */
export function resolveOptimizerOptions(options: OptimizerOptions): ResolvedOptimizerOptions {
  const where = 'fine-tuning options';
  checkOptionNames(`${where}, optimizer`, options, [
    'type',
    'momentum',
    'beta1',
    'beta2',
    'epsilon',
  ]);
  const { type } = options;
  switch (type) {
    case 'sgd': {
      checkOptionNames(`${where}, optimizer sgd`, options, ['type', 'momentum']);
      const { momentum = 0.9 } = options;
      checkNumber(where, 'optimizer.momentum', momentum, { low: 0, high: 1 });
      return { type, momentum };
    }
    case 'adam': {
      checkOptionNames(`${where}, optimizer adam`, options, ['type', 'beta1', 'beta2', 'epsilon']);
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
      checkNumber(where, 'optimizer.beta1', beta1, { low: 0, high: 0.9999999 });
      checkNumber(where, 'optimizer.beta2', beta2, { low: 0, high: 0.9999999 });
      checkNumber(where, 'optimizer.epsilon', epsilon, { low: LEAST_EPSILON });
      return { type, beta1, beta2, epsilon };
    }
    default:
      throw new RangeError(`${where}: optimizer.type is ${shown(type)}, expected sgd or adam`);
  }
}
