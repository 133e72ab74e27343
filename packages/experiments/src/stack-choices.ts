import { negativePhaseKinds } from '@deepbelief/rbm';
import { unitsFromConfig, unitTypes, usualConfig } from '@deepbelief/units';

/** A choice of what a stack is made of or trained with. */
export interface StackChoice {
  /** The name to use in options. */
  readonly name: string;
  /** A sentence or two for newcomers, with the source. */
  readonly about: string;
}

/**
 * The hidden units of a stack: the registered types whose units are independent. Types with grouped
 * units need layers of certain sizes, and grouped data below.
 */
export const STACK_UNITS: readonly StackChoice[] = unitTypes
  .filter(({ type }) => unitsFromConfig(usualConfig(type)).groupSize === 1)
  .map(({ type, ...described }) => ({ name: type, about: inWords(described) }));

/** The registered kinds of negative phases. */
export const NEGATIVE_PHASES: readonly StackChoice[] = Object.entries(negativePhaseKinds).map(
  ([name, kind]) => ({ name, about: inWords(kind) }),
);

function inWords({ about, source }: { readonly about: string; readonly source: string }): string {
  return `${about} (${source})`;
}
