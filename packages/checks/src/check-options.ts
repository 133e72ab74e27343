import { argumentError } from './argument-error.ts';
import { printable } from './printable.ts';
import { shown } from './shown.ts';

/** What an option accepts, and how an error describes it. */
export interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly optional?: boolean;
}

/** A finite number above 0. */
export const positiveNumber: OptionRule = {
  expected: 'a finite number above 0',
  accepts: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  optional: true,
};

/** True or false. */
export const flag: OptionRule = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
  optional: true,
};

/** A whole number within bounds. `Number.MAX_SAFE_INTEGER` means no upper bound. */
export function wholeNumber(from: number, to: number, optional: boolean): OptionRule {
  return {
    expected:
      to === Number.MAX_SAFE_INTEGER
        ? `a whole number, ${from} or more`
        : `a whole number from ${from} to ${to}`,
    accepts: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to,
    optional,
  };
}

/** One of the given words. */
export function oneOf(words: readonly string[]): OptionRule {
  return {
    expected: `one of ${words.join(', ')}`,
    accepts: (value) => typeof value === 'string' && words.includes(value),
    optional: true,
  };
}

/** A required value that is checked elsewhere. */
export const present: OptionRule = {
  expected: 'a value',
  accepts: (value) => value !== undefined,
};

/** Any value; it is checked elsewhere. */
export const anything: OptionRule = { expected: 'a value', accepts: () => true, optional: true };

/**
 * Checks the names of options, since plain JavaScript does not. An option that is `undefined`
 * counts as omitted.
 *
 * @param where the function that takes the options
 * @throws RangeError if the options are not an object, and for an unknown name; it lists the known
 *   ones
 */
export function checkOptionNames(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const names = known.length === 0 ? '' : ` with ${known.join(', ')}`;
    throw argumentError(`${where}: the options are ${shown(options)}, expected an object${names}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (known.includes(name) || value === undefined) continue;
    const expected = known.length === 0 ? 'no options' : `only ${known.join(', ')}`;
    throw argumentError(`${where}: unknown option ${shownName(name)}, expected ${expected}`);
  }
}

/**
 * Checks names and values of options, which may come from a file.
 *
 * @param where the function that takes the options
 * @throws RangeError for an option that is unknown, missing or out of range; it names the option,
 *   its value and what was expected
 */
export function checkOptions(
  where: string,
  options: object,
  rules: Readonly<Record<string, OptionRule>>,
): void {
  checkOptionNames(where, options, Object.keys(rules));
  const given = new Map<string, unknown>(Object.entries(options));
  for (const [name, rule] of Object.entries(rules)) {
    const value = given.get(name);
    if (value === undefined && rule.optional) continue;
    if (!rule.accepts(value)) {
      throw argumentError(`${where}: option ${name} is ${shown(value)}, expected ${rule.expected}`);
    }
  }
}

/**
 * Checks one value, given or default.
 *
 * @throws RangeError (`where: name is value, expected true or false`) unless the rule accepts it,
 *   or it is undefined and the option is optional
 */
export function checkValue(where: string, name: string, value: unknown, rule: OptionRule): void {
  if ((value === undefined && rule.optional) || rule.accepts(value)) return;
  throw argumentError(`${where}: ${name} is ${shown(value)}, expected ${rule.expected}`);
}

/** Formats a name that may come from a file, of any length and with any characters. */
function shownName(name: string): string {
  return printable(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
