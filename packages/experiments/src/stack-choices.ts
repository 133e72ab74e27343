import { negativePhaseKinds } from '@deepbelief/rbm';
import { unitsFromConfig, unitTypes, usualConfig } from '@deepbelief/units';

/** One thing that a stack can be made of or trained with. */
export interface StackChoice {
  /** The name that options take. */
  readonly name: string;
  /** A sentence or two for newcomers, with the source. */
  readonly about: string;
}

/**
 * Hidden units of a stack: the registered types whose units stand alone. Types of units in groups
 * need layers of certain sizes, and data below them that are groups too.
 */
export const STACK_UNITS: readonly StackChoice[] = unitTypes
  .filter(({ type }) => unitsFromConfig(usualConfig(type)).groupSize === 1)
  .map(({ type, ...described }) => ({ name: type, about: inWords(described) }));

/** Negative phases: the registered kinds. */
export const NEGATIVE_PHASES: readonly StackChoice[] = Object.entries(negativePhaseKinds).map(
  ([name, kind]) => ({ name, about: inWords(kind) }),
);

function inWords({ about, source }: { readonly about: string; readonly source: string }): string {
  return `${about} (${source})`;
}
