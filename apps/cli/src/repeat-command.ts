import type { Command } from 'commander';

/** Options that do not change the results. */
const LEFT_OUT = new Set([
  'out',
  'cache',
  'resume',
  'json',
  'checkpointEvery',
  'backend',
  'threads',
]);

/** Options that are shown even if the user did not give them. */
const ALWAYS = new Set(['seed']);

/**
 * Returns the command that repeats a run: its name and the options that determine the results.
 *
 * @param name `deepbelief reproduce norb`
 */
export function repeatCommand(name: string, command: Command): string {
  const words = command.options.flatMap((option) => {
    const key = option.attributeName();
    const given = command.getOptionValueSource(key) === 'cli';
    if (LEFT_OUT.has(key) || (!given && !ALWAYS.has(key))) return [];
    const value: unknown = command.getOptionValue(key);
    if (typeof value === 'boolean') return [option.long];
    return [option.long, quoted(Array.isArray(value) ? value.join(',') : String(value))];
  });
  return [name, ...words].join(' ');
}

/** Quotes a word for a shell. */
function quoted(word: string): string {
  return /^[\w./,:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
