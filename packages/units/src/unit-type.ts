import type { OptionRule } from '@deepbelief/checks';
import type { PartConfig, Units, UnitsConfig } from './units.ts';

/** An option of a unit type: what it means and which values it accepts. */
export interface UnitOption extends OptionRule {
  /** A sentence that says what the option does. */
  readonly about: string;
}

/** Options by name, plain data. */
export type UnitOptions = Readonly<
  Record<string, string | number | boolean | readonly PartConfig[]>
>;

/** What user interfaces, command lines and files need to know about a unit type. */
export interface UnitType {
  /** The name in saved models and options, such as `stepped-sigmoid`. */
  readonly type: string;
  /** What people call it: `stepped sigmoid`. */
  readonly label: string;
  /** A sentence or two for newcomers. */
  readonly about: string;
  /** Its distribution in LaTeX, for state s and total input x. */
  readonly formula: string;
  /** Its source, such as `Smolensky 1986`. */
  readonly source: string;
  readonly options: Readonly<Record<string, UnitOption>>;
  /**
   * Options: first those to begin with, then others that together show every option. The tests that
   * all unit types share run each of them.
   */
  readonly examples: readonly [UnitOptions, ...UnitOptions[]];
  /**
   * @param unitsOf makes the units of a mixed layer's parts
   * @throws RangeError if an option is unknown, missing or out of range
   */
  make(options: UnitOptions, unitsOf: (config: UnitsConfig) => Units): Units;
}
