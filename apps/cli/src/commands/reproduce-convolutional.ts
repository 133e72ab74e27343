import {
  CONVOLUTIONAL_MNIST,
  convolutionalExperiment,
  convolutionalNorb,
  type ConvolutionalChoices,
} from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { seedNumber, wholeNumber, withRunOptions, type SharedOptions } from '../options.ts';
import { repeatCommand } from '../repeat-command.ts';

interface ConvolutionalOptions extends SharedOptions {
  readonly data: string;
  readonly train?: number;
  readonly test?: number;
  readonly filter?: number;
  readonly maps?: number;
  readonly epochs?: number;
  readonly seed: number;
  readonly cache: string;
  readonly out?: string;
  readonly resume?: boolean;
}

const EXAMPLES = `
Filters slide over the pictures, and each makes a feature map. Of each 2×2 block of a map at most
one unit is on (probabilistic max-pooling). The report shows the filters, reconstructions, and
samples. Stereo pairs and their filters are shown side by side, left and right eye.

Examples:
  deepbelief reproduce convolutional                    9×9 filters on 1000 digits: strokes
  deepbelief reproduce convolutional --data toy-norb    11×11 filters on 96×96 stereo pairs
  deepbelief reproduce convolutional --data ~/norb --train 2000    NORB's own files
  deepbelief reproduce convolutional --resume           goes on after a kill
`;

/** Default numbers of stereo pairs. */
const PAIRS = { train: 500, test: 60 };

/** `deepbelief reproduce convolutional`. */
export function reproduceConvolutionalCommand(): Command {
  const command = new Command('convolutional')
    .description('filters of a convolutional RBM, Lee et al. 2009, on digits or stereo pairs')
    .option(
      '--data <name>',
      'mnist, toy-norb (toy scenes, rendered once) or a folder of NORB files',
      'mnist',
    )
    .option('--train <n>', 'training examples (default: 1000, or 500 pairs)', wholeNumber(1))
    .option('--test <n>', 'test examples (default: 1000, or 60 pairs)', wholeNumber(1))
    .option('--filter <pixels>', 'height and width of a filter', wholeNumber(1, 28))
    .option('--maps <n>', 'number of filters', wholeNumber(1, 1000))
    .option('--epochs <n>', 'epochs of training', wholeNumber(1))
    .option('--seed <n>', 'seed for all random numbers', seedNumber, 1)
    .option('--cache <folder>', 'where toy scenes and prepared images are kept', 'runs/cache')
    .option(
      '--out <folder>',
      'where the model, checkpoints and the report go (default: runs/convolutional-mnist or -norb)',
    )
    .option('--resume', 'continue the run in --out')
    .addHelpText('after', EXAMPLES);
  return withRunOptions(command).action(reproduceConvolutional);
}

async function reproduceConvolutional(
  options: ConvolutionalOptions,
  command: Command,
): Promise<void> {
  const { data, filter, maps, epochs, seed } = options;
  const experiment = convolutionalExperiment({
    ...presetOf(options),
    ...(filter === undefined ? {} : { filter }),
    ...(maps === undefined ? {} : { maps }),
    ...(epochs === undefined ? {} : { epochs }),
    seed,
  });
  const place = {
    out: options.out ?? `runs/convolutional-${data === 'mnist' ? 'mnist' : 'norb'}`,
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief reproduce convolutional', command),
  } as const;
  const outcome = await carryOut(experiment, place, options);
  printOutcome(outcome, options.json, () => {});
}

function presetOf({ data, train, test, cache }: ConvolutionalOptions): ConvolutionalChoices {
  if (data === 'mnist') {
    const { limits } = CONVOLUTIONAL_MNIST.data;
    return {
      ...CONVOLUTIONAL_MNIST,
      data: {
        dataset: 'mnist',
        limits: { ...limits, ...(train && { train }), ...(test && { test }) },
      },
    };
  }
  return convolutionalNorb({
    ...(data === 'toy-norb' ? {} : { directory: data }),
    cache,
    pairs: { train: train ?? PAIRS.train, test: test ?? PAIRS.test },
  });
}
