import { Command } from 'commander';
import { demoCommand } from '../../../cli/src/commands/demo.ts';
import { doctorCommand } from '../../../cli/src/commands/doctor.ts';
import { evaluateCommand } from '../../../cli/src/commands/evaluate.ts';
import { inspectCommand } from '../../../cli/src/commands/inspect.ts';
import { lookCommand } from '../../../cli/src/commands/look.ts';
import { reproduceConvolutionalCommand } from '../../../cli/src/commands/reproduce-convolutional.ts';
import { reproduceLfwCommand } from '../../../cli/src/commands/reproduce-lfw.ts';
import { reproduceLikelihoodCommand } from '../../../cli/src/commands/reproduce-likelihood.ts';
import { reproduceMnistCommand } from '../../../cli/src/commands/reproduce-mnist.ts';
import { reproduceNorbCommand } from '../../../cli/src/commands/reproduce-norb.ts';
import { toyNorbCommand } from '../../../cli/src/commands/toy-norb.ts';
import { trainCommand } from '../../../cli/src/commands/train.ts';
import { verifyCommand } from '../../../cli/src/commands/verify.ts';

const reproduce = new Command('reproduce')
  .addCommand(reproduceMnistCommand())
  .addCommand(reproduceNorbCommand())
  .addCommand(reproduceLfwCommand())
  .addCommand(reproduceLikelihoodCommand())
  .addCommand(reproduceConvolutionalCommand());

const program = [
  demoCommand(),
  trainCommand(),
  evaluateCommand(),
  inspectCommand(),
  lookCommand(),
  verifyCommand(),
  doctorCommand(),
  toyNorbCommand(),
  reproduce,
];

/** What is wrong with the words after `deepbelief`: a command or options that it does not have. */
export function commandLineComplaints(words: readonly string[]): string[] {
  let known: readonly Command[] = program;
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
