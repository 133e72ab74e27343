import { Option, type Command } from 'commander';
import {
  numberList,
  seedNumber,
  wholeNumber,
  withRunOptions,
  type SharedOptions,
} from './options.ts';

/** The options of `deepbelief reproduce norb`. */
export interface NorbOptions extends SharedOptions {
  readonly data?: string;
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly layers?: readonly number[];
  readonly epochs?: readonly number[];
  readonly fineTune?: number;
  readonly pairs?: number;
  readonly testPairs?: number;
  readonly seeds?: number;
  readonly seed: number;
  readonly heldOut?: readonly number[];
  readonly mean: 'pixel' | 'image';
  readonly cache: string;
  readonly out?: string;
  readonly resume?: boolean;
}

/** Adds these options to a command. */
export function withNorbOptions(command: Command): Command {
  command
    .option(
      '--data <folder>',
      'NORB files (.mat or .mat.gz); default: toy scenes in the same format, rendered once',
    )
    .addOption(
      new Option('--quick', 'small nets, few pairs, one seed: ten minutes').conflicts('full'),
    )
    .option('--full', 'the paper’s sizes: 4000-2000 on 291,600 pairs; days')
    .option(
      '--layers <sizes>',
      'hidden units of one layer or two, such as 1000,500',
      numberList(true),
    )
    .option('--epochs <n>', 'epochs of pre-training of each layer, such as 40,30', numberList(true))
    .option('--fine-tune <epochs>', 'epochs of fine-tuning', wholeNumber(1))
    .option('--pairs <n>', 'training pairs', wholeNumber(1))
    .option('--test-pairs <n>', 'test pairs', wholeNumber(1))
    .option(
      '--held-out <instances>',
      'toys held out of training for validation, such as 9',
      numberList(true),
    )
    .addOption(
      new Option(
        '--mean <of>',
        'the mean that is subtracted: of each pixel over the training pairs, or of each image',
      )
        .choices(['pixel', 'image'])
        .default('image'),
    )
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100))
    .option('--seed <n>', 'the first seed', seedNumber, 1)
    .option('--cache <folder>', 'where toy scenes and prepared images are kept', 'runs/cache')
    .option('--out <folder>', 'where models, checkpoints and the report go (default: runs/norb)')
    .option('--resume', 'continue the run in --out');
  return withRunOptions(command);
}
