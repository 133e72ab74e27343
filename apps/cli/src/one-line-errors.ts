import { printable } from '@deepbelief/checks';
import type { Command } from 'commander';

/**
 * Shows usage errors of a command and its subcommands like all mistakes: one line with the remedy.
 * They and `--help` then throw a CommanderError instead of ending the process.
 */
export function withOneLineErrors(command: Command, path: string = command.name()): Command {
  command.exitOverride().configureOutput({
    outputError: (text, write) => {
      const problem = oneLine(text.replace(/^error: /, ''));
      write(`deepbelief: ${problem} (see ${path} --help)\n`);
    },
  });
  for (const below of command.commands) withOneLineErrors(below, `${path} ${below.name()}`);
  return command;
}

/**
 * Returns a message without line breaks, with terminal control characters shown by their numbers.
 */
export function oneLine(message: string): string {
  return printable(message.trim().replaceAll(/\s+/g, ' '));
}
