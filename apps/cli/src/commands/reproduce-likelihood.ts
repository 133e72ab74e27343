import { Command } from 'commander';
import { summarize } from '@deepbelief/evaluation';
import { type LikelihoodJob } from '@deepbelief/experiments';
import {
  computeOptions,
  wholeNumber,
  withCheckpointOption,
  withSharedOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, printTable } from '../output.ts';
import { withStoppableRun } from '../with-stoppable-run.ts';
import { runWithDisplay } from '../run-with-display.ts';

interface LikelihoodOptions extends SharedOptions {
  readonly seeds: number;
  readonly seed: number;
  readonly epochs: number;
  readonly limitTrain?: number;
  readonly out: string;
  readonly resume?: boolean;
}

/** PyDeep's figures for the same protocol, from its own examples. */
const PUBLISHED = { centered: -142.564, plain: -149.053 } as const;

const EXAMPLES = `
The protocol: MNIST thresholded at 0.5, 784 binary visible and 16 binary hidden units, PCD-1, learning rate 0.01,
minibatches of 100, 50 epochs; the partition function is summed over all 65,536 hidden states.

Examples:
  deepbelief reproduce likelihood
  deepbelief reproduce likelihood --seeds 1 --epochs 5      a quick look
`;

/** `deepbelief reproduce likelihood`. */
export function reproduceLikelihoodCommand(): Command {
  const command = new Command('likelihood')
    .description('exact test log-likelihood of small RBMs on MNIST, centered and plain')
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100), 5)
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option('--epochs <n>', 'epochs of training', wholeNumber(1), 50)
    .option('--limit-train <n>', 'use only the first n training examples', wholeNumber(1))
    .option('--out <folder>', 'where models and checkpoints go', 'runs/likelihood')
    .option('--resume', 'go on with the run in --out')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withCheckpointOption(command)).action(reproduceLikelihood);
}

async function reproduceLikelihood(options: LikelihoodOptions): Promise<void> {
  const started = performance.now();
  const seeds = Array.from({ length: options.seeds }, (_, i) => options.seed + i);
  const jobs = [true, false].flatMap((centered) =>
    seeds.map((seed) => likelihoodJob(seed, centered, options)),
  );
  const results = await withStoppableRun(
    options.out,
    options.resume ? 'resume' : 'refuse',
    (folder, signal) => runWithDisplay('likelihood', jobs, folder, computeOptions(options), signal),
  );
  const rows = [true, false].map((centered) => {
    const own = results.filter((_, i) => jobs[i]!.centered === centered);
    const test = summarize(own.map((result) => result.test));
    const train = summarize(own.map((result) => result.train));
    return {
      model: centered ? 'centered' : 'plain',
      seeds: own.length,
      testLogLikelihood: test.mean,
      sd: own.length > 1 ? test.sd : null,
      trainLogLikelihood: train.mean,
      published: centered ? PUBLISHED.centered : PUBLISHED.plain,
    };
  });
  const seconds = (performance.now() - started) / 1000;
  if (options.json) return printJson({ rows, seconds });
  printTable(
    ['16 hidden units, nats', 'test', 'sd', 'train', 'PyDeep, test'],
    rows.map(({ model, testLogLikelihood, sd, trainLogLikelihood, published }) => [
      `${model}, ${seeds.length} seeds`,
      testLogLikelihood.toFixed(3),
      sd === null ? '' : sd.toFixed(3),
      trainLogLikelihood.toFixed(3),
      published.toFixed(3),
    ]),
  );
}

function likelihoodJob(
  seed: number,
  centered: boolean,
  { epochs, limitTrain }: LikelihoodOptions,
): LikelihoodJob {
  return {
    name: `${centered ? 'centered' : 'plain'}, seed ${seed}`,
    data: {
      dataset: 'mnist',
      ...(limitTrain === undefined ? {} : { limits: { train: limitTrain } }),
    },
    seed,
    centered,
    threshold: 0.5,
    layer: {
      size: 16,
      visible: { type: 'binary' },
      hidden: { type: 'binary' },
      zeroHiddenBias: false,
      epochs,
      training: {
        name: 'the RBM',
        seed,
        learningRate: 0.01,
        momentum: 0,
        negativePhase: { type: 'pcd', steps: 1 },
        centering: centered,
      },
    },
  };
}
