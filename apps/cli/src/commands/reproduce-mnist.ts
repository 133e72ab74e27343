import { MNIST_FULL, MNIST_QUICK, mnistExperiment } from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { printMnistRows } from '../mnist-table.ts';
import { seedNumber, wholeNumber, withRunOptions, type SharedOptions } from '../options.ts';
import { repeatCommand } from '../repeat-command.ts';

interface MnistOptions extends SharedOptions {
  readonly full?: boolean;
  readonly seeds?: number;
  readonly seed: number;
  readonly out?: string;
  readonly resume?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief reproduce mnist                 500-500, three seeds
  deepbelief reproduce mnist --full          1000-1000 with dropout; 100, 1,000 and 10,000 labels
  deepbelief reproduce mnist --full --resume goes on after a kill
`;

/** `deepbelief reproduce mnist`. */
export function reproduceMnistCommand(): Command {
  const command = new Command('mnist')
    .description(
      'stacks of NReLUs and of binary units on MNIST, with and without pre-training, and a report',
    )
    .option('--full', 'the large nets, and few labels; up to two hours on two cores')
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100))
    .option('--seed <n>', 'the first seed', seedNumber, 1)
    .option(
      '--out <folder>',
      'where models, checkpoints and the report go (default: runs/mnist or runs/mnist-full)',
    )
    .option('--resume', 'continue the run in --out')
    .addHelpText('after', EXAMPLES);
  return withRunOptions(command).action(reproduceMnist);
}

async function reproduceMnist(options: MnistOptions, command: Command): Promise<void> {
  const { full, seed, json } = options;
  const preset = full ? MNIST_FULL : MNIST_QUICK;
  const experiment = mnistExperiment({ ...preset, seeds: options.seeds ?? preset.seeds }, seed);
  const place = {
    out: options.out ?? (full ? 'runs/mnist-full' : 'runs/mnist'),
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief reproduce mnist', command),
  } as const;
  const outcome = await carryOut(experiment, place, options);
  printOutcome(outcome, json, ({ rows }) => printMnistRows(rows));
}
