import type { Command } from 'commander';
import { program } from '../../../cli/src/program.ts';

/** What is wrong with the words after `deepbelief`: a command or options that it does not have. */
export function commandLineComplaints(words: readonly string[]): string[] {
  let known: readonly Command[] = program().commands;
  let command: Command | undefined;
  const rest = [...words];
  while (rest[0] !== undefined && known.length > 0) {
    const found = known.find((one) => one.name() === rest[0]);
    if (found === undefined) return [`deepbelief has no command ${words.join(' ')}`];
    command = found;
    known = found.commands;
    rest.shift();
  }
  const options = new Set(['--help', ...(command?.options ?? []).map(({ long }) => long)]);
  return rest
    .filter((word) => word.startsWith('-') && !options.has(word))
    .map((word) => `deepbelief ${command?.name() ?? ''} has no option ${word}`);
}
