import { optimizerOfOptions, type Optimizer, type Parameter } from '@deepbelief/training';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * What moves a parameter of an RBM. A unit type's own parameters have no momentum, unless an
 * optimizer is given: they are few, and their gradients noisy.
 */
export function rbmOptimizer(options: ResolvedTrainingOptions, { kind }: Parameter): Optimizer {
  const { l1, l2, maxNorm, keepZeros = false, momentum, optimizer } = options;
  return optimizerOfOptions(
    optimizer ?? { type: 'sgd', momentum: kind === 'unit' ? 0 : momentum },
    { decay: { l1, l2 }, keepZeros, maxNorm },
    'training options',
  );
}
