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

/** A whole number within bounds. */
export function wholeNumber(from: number, to: number, optional: boolean): OptionRule {
  return {
    expected: `a whole number from ${from} to ${to}`,
    accepts: (value) => typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to,
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

/**
 * Checks the options of a unit type, which may come from a file.
 *
 * @throws RangeError that names the type, the option, its value and what was expected, for an option that is unknown,
 *   missing or out of range
 */
export function checkOptions(type: string, options: object, rules: Readonly<Record<string, OptionRule>>): void {
  const known = Object.keys(rules);
  const given = new Map<string, unknown>(Object.entries(options));
  for (const name of given.keys()) {
    if (!known.includes(name)) {
      const expected = known.length === 0 ? 'no options' : `only ${known.join(', ')}`;
      throw new RangeError(`${type}: unknown option ${name}, expected ${expected}`);
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = given.get(name);
    if (value === undefined && rule.optional) continue;
    if (!rule.accepts(value)) {
      throw new RangeError(`${type}: option ${name} is ${shown(value)}, expected ${rule.expected}`);
    }
  }
}

/** A value as an error shows it: NaN and Infinity by name, where JSON has only null. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
