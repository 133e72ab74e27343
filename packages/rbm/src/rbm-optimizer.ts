import {
  chain,
  keepZeros,
  linkFromConfig,
  maxNorm,
  sgd,
  weightDecay,
  type Link,
  type LinkConfig,
  type Optimizer,
  type Parameter,
} from '@deepbelief/training';
import type { ResolvedTrainingOptions } from './training-options.ts';

/**
 * What moves a parameter of an RBM: the options' own links (weight decay, zeros that stay, a
 * largest norm) around their optimizer. A unit type's own parameters have no momentum, unless an
 * optimizer is given: they are few, and their gradients noisy.
 */
export function rbmOptimizer(options: ResolvedTrainingOptions, { kind }: Parameter): Optimizer {
  const { l1, l2, maxNorm: norm, keepZeros: keepsZeros, momentum, optimizer } = options;
  const given: readonly LinkConfig[] =
    optimizer === undefined
      ? [sgd({ momentum: kind === 'unit' ? 0 : momentum }).config]
      : Array.isArray(optimizer)
        ? optimizer
        : [optimizer as LinkConfig];
  const links: Link[] = [
    ...(l1 === 0 && l2 === 0 ? [] : [weightDecay({ l1, l2 })]),
    ...given.map((link) => linkFromConfig(link)),
    ...(keepsZeros === true ? [keepZeros()] : []),
    ...(norm === undefined ? [] : [maxNorm({ norm })]),
  ];
  return chain(links, 'training options');
}
