import { unitTypes } from '@deepbelief/units';
import { Command, CommanderError } from 'commander';
import { UserError } from '@deepbelief/experiments';
import { doctorCommand } from '../../apps/cli/src/commands/doctor.ts';
import { evaluateCommand } from '../../apps/cli/src/commands/evaluate.ts';
import { inspectCommand } from '../../apps/cli/src/commands/inspect.ts';
import { reproduceLfwCommand } from '../../apps/cli/src/commands/reproduce-lfw.ts';
import { reproduceLikelihoodCommand } from '../../apps/cli/src/commands/reproduce-likelihood.ts';
import { demoCommand } from '../../apps/cli/src/commands/demo.ts';
import { reproduceMnistCommand } from '../../apps/cli/src/commands/reproduce-mnist.ts';
import { reproduceNorbCommand } from '../../apps/cli/src/commands/reproduce-norb.ts';
import { toyNorbCommand } from '../../apps/cli/src/commands/toy-norb.ts';
import { trainCommand } from '../../apps/cli/src/commands/train.ts';
import { verifyCommand } from '../../apps/cli/src/commands/verify.ts';
import { oneLine, withOneLineErrors } from '../../apps/cli/src/one-line-errors.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { promise, type Target } from './target.ts';

const COMMANDS: readonly (() => Command)[] = [
  demoCommand,
  trainCommand,
  evaluateCommand,
  inspectCommand,
  verifyCommand,
  doctorCommand,
  toyNorbCommand,
  reproduceMnistCommand,
  reproduceNorbCommand,
  reproduceLfwCommand,
  reproduceLikelihoodCommand,
];

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

/** The program without its commands' actions; its output goes to `written`. */
function program(written: string[]): Command {
  const all = new Command('deepbelief');
  for (const make of COMMANDS) all.addCommand(make().action(() => {}));
  withOneLineErrors(all);
  for (const command of [all, ...all.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: () => {}, writeErr: (text) => written.push(text) });
  }
  return all;
}

/** A command with some of its options, correct or not. */
function argumentsFor(draws: Draws, all: Command): string[] {
  const command = draws.pick(all.commands);
  const words = [command.name()];
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
    const all = program([]);
    return {
      refusals: [UserError],
      input: (draws) => argumentsFor(draws, all),
      async run(words) {
        const written: string[] = [];
        try {
          await program(written).parseAsync(words, { from: 'user' });
        } catch (error) {
          // As main.ts shows it.
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
