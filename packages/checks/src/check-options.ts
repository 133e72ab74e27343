import { printable } from './printable.ts';
import { shown } from './shown.ts';

/** What an option accepts, and how an error says so. */
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

/**
 * A whole number within bounds; `Number.MAX_SAFE_INTEGER` for one that may be as large as it likes.
 */
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

/** One of some words. */
export function oneOf(words: readonly string[]): OptionRule {
  return {
    expected: `one of ${words.join(', ')}`,
    accepts: (value) => typeof value === 'string' && words.includes(value),
    optional: true,
  };
}

/** Any value: another check looks at it. */
export const anything: OptionRule = { expected: 'a value', accepts: () => true, optional: true };

/**
 * Checks the names of options, which plain JavaScript does not. An option that is `undefined`
 * counts as left out.
 *
 * @param where what takes the options
 * @throws RangeError for options that are no object, and for an unknown name: it lists those that
 *   there are
 */
export function checkOptionNames(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const names = known.length === 0 ? '' : ` with ${known.join(', ')}`;
    throw new RangeError(`${where}: the options are ${shown(options)}, expected an object${names}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (known.includes(name) || value === undefined) continue;
    const expected = known.length === 0 ? 'no options' : `only ${known.join(', ')}`;
    throw new RangeError(`${where}: unknown option ${shownName(name)}, expected ${expected}`);
  }
}

/**
 * Checks names and values of options, which may come from a file.
 *
 * @param where what takes the options
 * @throws RangeError that names the option, its value and what was expected, for an option that is
 *   unknown, missing or out of range
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
      throw new RangeError(
        `${where}: option ${name} is ${shown(value)}, expected ${rule.expected}`,
      );
    }
  }
}

/**
 * Checks one value, given or filled in.
 *
 * @throws RangeError (`where: name is value, expected true or false`) unless the rule accepts it,
 *   or it is undefined and the rule's option may be left out
 */
export function checkValue(where: string, name: string, value: unknown, rule: OptionRule): void {
  if ((value === undefined && rule.optional) || rule.accepts(value)) return;
  throw new RangeError(`${where}: ${name} is ${shown(value)}, expected ${rule.expected}`);
}

/** A name that may come from a file, of any length and with any character in it. */
function shownName(name: string): string {
  return printable(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
