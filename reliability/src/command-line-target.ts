import { unitTypes } from '@deepbelief/units';
import { CommanderError, type Command } from 'commander';
import { UserError } from '@deepbelief/experiments';
import { oneLine, withOneLineErrors } from '../../apps/cli/src/one-line-errors.ts';
import { program } from '../../apps/cli/src/program.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { promise, type Target } from './target.ts';

const VALUES = [
  '1',
  '0',
  '-1',
  '500,500',
  '0.02,0.002',
  '1e9',
  ...unitTypes.map(({ type }) => type),
  'mnist',
  'runs/x',
  '',
  ',',
  '--',
  '-',
  'constructor',
];

/** A command without commands below it, and the words that lead to it. */
interface Leaf {
  readonly words: readonly string[];
  readonly command: Command;
}

function leaves(command: Command, words: readonly string[] = []): Leaf[] {
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((below) => leaves(below, [...words, below.name()]));
}

/** The program without its commands' actions; what it says goes to `written`. */
function idleProgram(written: string[]): Command {
  const all = withOneLineErrors(program());
  for (const command of allCommands(all)) {
    if (command.commands.length === 0) command.action(() => {});
    command.configureOutput({ writeOut: () => {}, writeErr: (text) => written.push(text) });
  }
  return all;
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** A command with some of its options, correct or not. */
function argumentsFor(draws: Draws, all: readonly Leaf[]): string[] {
  const { words: path, command } = draws.pick(all);
  const words = [...path];
  for (let times = draws.few(8); times > 0; times--) {
    const option = draws.pick(command.options);
    words.push(
      draws.once(8) ? damageText(draws, [option.long ?? '--json']) : (option.long ?? '--json'),
    );
    if (option.required && !draws.once(10))
      words.push(draws.once(2) ? draws.pick(VALUES) : damageText(draws, VALUES));
  }
  if (draws.once(4))
    words.splice(
      draws.below(words.length + 1),
      0,
      draws.once(2) ? '--help' : damageText(draws, VALUES),
    );
  return words;
}

export const commandLine: Target<readonly string[]> = {
  name: 'command-line',
  about: "options of the command line's commands",
  short: 500,
  prepare() {
    const all = leaves(program());
    return {
      refusals: [UserError],
      input: (draws) => argumentsFor(draws, all),
      async run(words) {
        const written: string[] = [];
        try {
          await idleProgram(written).parseAsync(words, { from: 'user' });
        } catch (error) {
          // As run-command-line.ts shows it.
          if (error instanceof UserError) throw new UserError(oneLine(error.message));
          if (!(error instanceof CommanderError)) throw error;
          if (error.exitCode === 0) return;
          promise(
            written.length === 1,
            `there are ${written.length} messages: ${written.join('')}`,
          );
          promise(
            /^deepbelief: [^\p{Cc}\p{Zl}\p{Zp}]+\n$/u.test(written[0]!),
            `the message is ${written[0]}`,
          );
          // An argument of any length is shown unchanged.
          throw new UserError(written[0]!.trimEnd().slice(0, 500), { cause: error });
        }
      },
    };
  },
};
