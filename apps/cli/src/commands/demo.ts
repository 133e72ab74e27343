import { MNIST_DEMO, MNIST_SMALL, mnistExperiment } from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { printMnistRows } from '../mnist-table.ts';
import { seedNumber, withRunOptions, type SharedOptions } from '../options.ts';
import { say } from '../output.ts';
import { repeatCommand } from '../repeat-command.ts';

interface DemoOptions extends SharedOptions {
  readonly seed: number;
  readonly out: string;
  readonly small?: boolean;
  readonly resume?: boolean;
}

/** `deepbelief demo`. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description(
      'four nets on MNIST in a few minutes: NReLU and binary, pre-trained and not, with a report',
    )
    .option('--seed <n>', 'seed for all random numbers', seedNumber, 1)
    .option('--out <folder>', 'where models and the report go', 'runs/demo')
    .option('--small', 'tiny nets on a few hundred images: a check, in seconds, that all works')
    .option('--resume', 'continue a stopped demo instead of starting again')
    .addHelpText('after', '\nExamples:\n  npm run demo\n  npm run demo -- --seed 2\n');
  return withRunOptions(command).action(demo);
}

async function demo(options: DemoOptions, command: Command): Promise<void> {
  const { out, seed, json } = options;
  const preset = options.small ? MNIST_SMALL : MNIST_DEMO;
  say(
    `Four deep belief nets on MNIST: layers of ${preset.layers.join(' and ')} units, NReLU and ` +
      'binary, pre-trained as RBMs and not.',
  );
  const place = {
    out,
    existing: options.resume ? 'resume' : 'replace',
    command: repeatCommand('deepbelief demo', command),
  } as const;
  const outcome = await carryOut(mnistExperiment(preset, seed), place, options);
  printOutcome(outcome, json, ({ rows }) => printMnistRows(rows));
}
