import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  fineTuningPlan,
  folderName,
  type Job,
  JOB_FILES,
  rowsOf,
  stackPlan,
  UNIT_NAMES,
  percentage,
} from '@deepbelief/experiments';
import {
  computeOptions,
  idxSource,
  numberList,
  wholeNumber,
  withCheckpointOption,
  withIdxOptions,
  withSharedOptions,
  type IdxOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { withStoppableRun } from '../with-stoppable-run.ts';
import { runWithDisplay } from '../run-with-display.ts';

interface TrainOptions extends SharedOptions, IdxOptions {
  readonly units: string;
  readonly layers: number[];
  readonly epochs: number[];
  readonly rate?: number[];
  readonly zeroHiddenBias?: boolean;
  readonly fineTune: number;
  readonly dropout?: boolean;
  readonly labels?: number;
  readonly compare?: boolean;
  readonly validation: number;
  readonly limitTrain?: number;
  readonly limitTest?: number;
  readonly seed: number;
  readonly out: string;
  readonly resume?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief train                                        two layers of 500 NReLUs on MNIST, fine-tuned
  deepbelief train --units binary --layers 1000,500 --epochs 10,5
  deepbelief train --data path/to/fashion-mnist --compare  a folder of four idx files; random weights beside
  deepbelief train --data gzip/emnist-letters              one of several datasets in a folder, by its name
  deepbelief train --fine-tune 0 --out runs/features      the stack alone, for its features
  deepbelief train --out runs/features --fine-tune 0 --resume   goes on after a kill, to the same bytes
`;

/** `deepbelief train`. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('train a stack layer by layer, fine-tune a classifier on it, and save both')
    .addOption(
      new Option('--units <type>', 'hidden units of every layer')
        .choices(UNIT_NAMES)
        .default('nrelu'),
    )
    .option('--layers <sizes>', 'hidden units of each layer', numberList(true), [500, 500])
    .option('--epochs <counts>', 'epochs of pre-training of each layer', numberList(true), [5])
    .option(
      '--rate <rates>',
      'learning rate of each layer (default: the unit type’s)',
      numberList(false),
    )
    .option(
      '--zero-hidden-bias',
      'keep hidden biases at zero: NReLU features then scale with intensity',
    )
    .option(
      '--fine-tune <epochs>',
      'epochs of back-propagation; 0 trains no classifier',
      wholeNumber(0),
      10,
    )
    .option('--dropout', 'fine-tune with dropout: 20 % of the inputs, 50 % of the hidden units')
    .option(
      '--labels <n>',
      'fine-tune on n labeled examples only, as many of each class',
      wholeNumber(1),
    )
    .option('--compare', 'fine-tune the same net from random weights too')
    .option('--validation <n>', 'training examples held out to report on', wholeNumber(0), 0)
    .option('--limit-train <n>', 'use only the first n training examples', wholeNumber(1))
    .option('--limit-test <n>', 'use only the first n test examples', wholeNumber(1))
    .option('--seed <n>', 'all randomness follows from it', wholeNumber(0), 1)
    .option('--out <folder>', 'where models, checkpoints and curves go', 'runs/train')
    .option('--resume', 'go on with the run in --out')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withCheckpointOption(withIdxOptions(command))).action(train);
}

async function train(options: TrainOptions): Promise<void> {
  const started = performance.now();
  const job = trainJob(options);
  const results = await withStoppableRun(
    options.out,
    options.resume ? 'resume' : 'refuse',
    (folder, signal) => runWithDisplay('stack', [job], folder, computeOptions(options), signal),
  );
  const rows = rowsOf([job], results);
  const seconds = (performance.now() - started) / 1000;
  const path = join(options.out, folderName(job));
  const classLabels = results[0]?.classLabels;
  if (options.json)
    return printJson({ rows, seconds, folder: path, ...(classLabels && { classLabels }) });
  if (rows.length > 0) {
    printTable(
      ['classifier', 'test error'],
      rows.map(({ pretrained, testError }) => [
        pretrained === 'none' ? 'from random weights' : 'pre-trained',
        percentage(testError),
      ]),
    );
  }
  if (classLabels !== undefined && rows.length > 0) {
    say(
      `Classes 0 to ${classLabels.length - 1} are the labels ${classLabels.join(', ')}; the classifier’s file says so.`,
    );
  }
  say(
    `Saved: ${join(path, JOB_FILES.stack)}${rows.length > 0 ? ` and ${join(path, 'classifier-all.safetensors')}` : ''}`,
  );
}

function trainJob(options: TrainOptions): Job {
  const { units, layers, epochs, seed, fineTune, labels, limitTrain, limitTest } = options;
  const limits = {
    ...(limitTrain === undefined ? {} : { train: limitTrain }),
    ...(limitTest === undefined ? {} : { test: limitTest }),
  };
  const starts = options.compare ? (['none', 'all'] as const) : (['all'] as const);
  return {
    name: `${units}, seed ${seed}`,
    data: { ...idxSource(options), limits },
    units,
    seed,
    validation: options.validation,
    layers: stackPlan({
      units,
      sizes: layers,
      epochs,
      seed,
      ...(options.rate === undefined ? {} : { rates: options.rate }),
      ...(options.zeroHiddenBias ? { zeroHiddenBias: true } : {}),
    }),
    classifiers: (fineTune === 0 ? [] : starts).map((pretrained) => ({
      pretrained,
      ...(labels === undefined ? {} : { labels }),
      epochs: fineTune,
      fineTuning: fineTuningPlan(fineTune, seed, options.dropout ?? false),
    })),
  };
}
