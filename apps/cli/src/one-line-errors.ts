import { printable } from '@deepbelief/checks';
import type { Command } from 'commander';

/**
 * Shows usage errors of a command, and of those below it, as all mistakes are shown: one line, with
 * the remedy. They, and `--help`, then end in a CommanderError instead of ending the process.
 */
export function withOneLineErrors(command: Command, path: string = command.name()): Command {
  command.exitOverride().configureOutput({
    outputError: (text, write) => {
      const problem = oneLine(text.replace(/^error: /, ''));
      write(`deepbelief: ${problem} (${path} --help lists what there is)\n`);
    },
  });
  for (const below of command.commands) withOneLineErrors(below, `${path} ${below.name()}`);
  return command;
}

/**
 * A message without line breaks, in which characters that steer a terminal are shown by their
 * numbers.
 */
export function oneLine(message: string): string {
  return printable(message.trim().replaceAll(/\s+/g, ' '));
}
