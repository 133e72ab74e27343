import { likelihoodExperiment, type LikelihoodRow } from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { seedNumber, wholeNumber, withRunOptions, type SharedOptions } from '../options.ts';
import { printTable } from '../output.ts';
import { repeatCommand } from '../repeat-command.ts';

interface LikelihoodOptions extends SharedOptions {
  readonly seeds: number;
  readonly seed: number;
  readonly epochs: number;
  readonly limitTrain?: number;
  readonly out: string;
  readonly resume?: boolean;
}

const EXAMPLES = `
The protocol: MNIST thresholded at 0.5, 784 binary visible and 16 binary hidden units, PCD-1,
learning rate 0.01, minibatches of 100, 50 epochs. The partition function is summed over all 65,536
hidden states.

Examples:
  deepbelief reproduce likelihood
  deepbelief reproduce likelihood --seeds 1 --epochs 5      a quick look
`;

/** `deepbelief reproduce likelihood`. */
export function reproduceLikelihoodCommand(): Command {
  const command = new Command('likelihood')
    .description('exact test log-likelihood of small RBMs on MNIST, centered and plain')
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100), 5)
    .option('--seed <n>', 'the first seed', seedNumber, 1)
    .option('--epochs <n>', 'epochs of training', wholeNumber(1), 50)
    .option('--limit-train <n>', 'use only the first n training examples', wholeNumber(1))
    .option('--out <folder>', 'where models and checkpoints go', 'runs/likelihood')
    .option('--resume', 'continue the run in --out')
    .addHelpText('after', EXAMPLES);
  return withRunOptions(command).action(reproduceLikelihood);
}

async function reproduceLikelihood(options: LikelihoodOptions, command: Command): Promise<void> {
  const place = {
    out: options.out,
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief reproduce likelihood', command),
  } as const;
  const outcome = await carryOut(likelihoodExperiment(options), place, options);
  printOutcome(outcome, options.json, ({ rows }) => printRows(rows));
}

function printRows(rows: readonly LikelihoodRow[]): void {
  printTable(
    ['16 hidden units, nats', 'test', 'sd', 'train', 'PyDeep, test'],
    rows.map(({ model, seeds, testLogLikelihood, sd, trainLogLikelihood, published }) => [
      `${model}, ${seeds} seed${seeds === 1 ? '' : 's'}`,
      testLogLikelihood.toFixed(3),
      sd === null ? '' : sd.toFixed(3),
      trainLogLikelihood.toFixed(3),
      published.toFixed(3),
    ]),
  );
}
