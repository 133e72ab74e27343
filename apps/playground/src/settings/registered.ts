import { negativePhaseKinds } from '@deepbelief/rbm';
import { unitsFromConfig, unitTypes as types, usualConfig } from '@deepbelief/units';
import { dataForm, type DataForm } from './data-form.ts';

// What the page knows about unit types and negative phases: plain data, taken from the packages.
// The build evaluates this module (registered-plugin.ts), so that the page need not load tfjs.

/** What the page says about a choice. */
export interface Described {
  readonly label: string;
  readonly about: string;
  readonly source: string;
}

/** A unit type. */
export interface DescribedUnits extends Described {
  /** In LaTeX. */
  readonly formula: string;
  /** Whether all states lie from −1 to 1, so that units learn at the rates of binary ones. */
  readonly isSmall: boolean;
  readonly data: DataForm;
}

/**
 * Unit types by name: those whose units are independent, not in groups, so that a layer can have
 * any size.
 */
export const unitTypes: Readonly<Record<string, DescribedUnits>> = Object.fromEntries(
  types.flatMap(({ type, label, about, source, formula }) => {
    const { range, groupSize } = unitsFromConfig(usualConfig(type));
    const isSmall = range.low >= -1 && range.high <= 1;
    const described = { label, about, source, formula, isSmall, data: dataForm(range) };
    return groupSize === 1 ? [[type, described]] : [];
  }),
);

/** Negative phases by name. */
export const negativePhases: Readonly<Record<string, Described>> = Object.fromEntries(
  Object.entries(negativePhaseKinds).map(([name, { label, about, source }]) => [
    name,
    { label, about, source },
  ]),
);
