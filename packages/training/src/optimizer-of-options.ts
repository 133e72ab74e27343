import { chain, linkFromConfig } from './chain.ts';
import { keepZeros } from './keep-zeros.ts';
import { maxNorm } from './max-norm.ts';
import type { LinkConfig, Optimizer, OptimizerConfig, Penalty } from './optimizer.ts';
import { weightDecay } from './weight-decay.ts';

/** Trainer options besides the optimizer: each is a link before or after it. */
export interface OptimizerAdditions {
  /** The penalty on weights. */
  readonly decay: Penalty;
  /** Whether weights that are zero stay zero. */
  readonly keepZeros: boolean;
  /** Largest norm of a unit's incoming weights. */
  readonly maxNorm: number | undefined;
}

/**
 * Makes an optimizer with a trainer's own options as links around it.
 *
 * @param where the function that receives the options, for errors
 */
export function optimizerOfOptions(
  optimizer: OptimizerConfig,
  { decay, keepZeros: keepsZeros, maxNorm: norm }: OptimizerAdditions,
  where: string,
): Optimizer {
  const given = [optimizer].flat() as readonly LinkConfig[];
  return chain(
    [
      ...(decay.l1 === 0 && decay.l2 === 0 ? [] : [weightDecay(decay)]),
      ...given.map((link) => linkFromConfig(link)),
      ...(keepsZeros ? [keepZeros()] : []),
      ...(norm === undefined ? [] : [maxNorm({ norm })]),
    ],
    where,
  );
}
