import type { Rbm } from './rbm.ts';

/** Returns the unit types of an RBM's layers, visible first, whose states are unbounded. */
export function unboundedTypes(rbm: Rbm): string[] {
  const layers = [rbm.visible, rbm.hidden];
  return layers.filter(({ units }) => units.range.high === Infinity).map(({ units }) => units.type);
}

/** Returns the most common cause of divergence, and the remedy. */
export function divergenceCause(rbm: Rbm): string {
  const unbounded = unboundedTypes(rbm);
  return unbounded.length > 0
    ? `a learning rate too high for ${unbounded.join(' and ')} units, whose states have no ` +
        'upper bound (try a tenth of it, and standardized data)'
    : 'a learning rate or momentum too high (try a tenth of the rate)';
}
