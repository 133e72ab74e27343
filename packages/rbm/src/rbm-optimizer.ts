import { optimizerOfOptions, type Optimizer, type Parameter } from '@deepbelief/training';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * Returns what moves a parameter of an RBM. Unless an optimizer is given, a unit type's own
 * parameters have no momentum: they are few, and their gradients are noisy.
 */
export function rbmOptimizer(options: ResolvedTrainingOptions, { kind }: Parameter): Optimizer {
  const { l1, l2, maxNorm, keepZeros = false, momentum, optimizer } = options;
  return optimizerOfOptions(
    optimizer ?? { type: 'sgd', momentum: kind === 'unit' ? 0 : momentum },
    { decay: { l1, l2 }, keepZeros, maxNorm },
    'training options',
  );
}
