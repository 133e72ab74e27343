import { checkOptionNames, checkValue, wholeNumber, type OptionRule } from '@deepbelief/checks';
import { ModelFileError, type Json } from './bundle.ts';

/** The rule for each member of a configuration. */
export type ConfigRules<Config> = Readonly<Record<keyof Config & string, OptionRule>>;

/** A required whole number, `least` or more. */
export function wholeFrom(least: number): OptionRule {
  return wholeNumber(least, Number.MAX_SAFE_INTEGER, false);
}

/**
 * Checks an object of a file's configuration: its members and their values.
 *
 * @param where the object, for errors, such as `not an RBM's configuration: visible`
 * @returns the same object
 * @throws ModelFileError (`file: where: size is 0, expected a whole number, 1 or more`) if this is
 *   not an object, or a member is missing, unknown or out of range
 */
export function checkConfig<Config extends object>(
  file: string,
  where: string,
  config: Json | undefined,
  rules: ConfigRules<Config>,
): Config {
  const members = (config ?? null) as Record<string, unknown>;
  try {
    checkOptionNames(where, members, Object.keys(rules));
    for (const [name, rule] of Object.entries<OptionRule>(rules))
      checkValue(where, name, members[name], rule);
  } catch (error) {
    throw new ModelFileError(file, (error as Error).message);
  }
  return members as Config;
}
