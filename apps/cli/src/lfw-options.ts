import { FACE_UNITS, FACE_WINDOW, UserError } from '@deepbelief/experiments';
import type { PairProtocol, PretrainingImages } from '@deepbelief/experiments';
import { FACE_MEANS, type FaceMean } from '@deepbelief/lfw';
import { Option, type Command } from 'commander';
import {
  numberList,
  seedNumber,
  wholeNumber,
  withRunOptions,
  type SharedOptions,
} from './options.ts';

/** The options of `deepbelief reproduce lfw`. */
export interface LfwOptions extends SharedOptions {
  readonly data?: string;
  readonly ownImages?: boolean;
  readonly view: '1' | '2';
  readonly folds: number;
  readonly images: PretrainingImages;
  readonly pairs: PairProtocol;
  readonly window: number;
  readonly fields: number;
  readonly mean: FaceMean;
  readonly reflections: boolean;
  readonly shift: number;
  readonly units: readonly string[];
  readonly start: 'both' | 'pretrained' | 'random';
  readonly layers?: readonly number[];
  readonly epochs?: readonly number[];
  readonly fineTune?: number;
  readonly size: number;
  readonly quick?: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly cache?: string;
  readonly unpackedLimit: number;
  readonly resume?: boolean;
}

/** Adds these options to a command. */
export function withLfwOptions(command: Command): Command {
  withDataOptions(command);
  withFaceOptions(command);
  command
    .option('--units <names>', `which unit types: ${FACE_UNITS.join(', ')}`, unitNames, FACE_UNITS)
    .addOption(choice('--start <which>', 'which nets', ['both', 'pretrained', 'random']))
    .option(
      '--layers <sizes>',
      'units of each layer (default: 4000, with --quick 500)',
      numberList(true),
    )
    .option('--epochs <list>', 'epochs of pre-training of each layer', numberList(true))
    .option('--fine-tune <epochs>', 'epochs of fine-tuning', wholeNumber(1))
    .option('--quick', 'a quick look in ten minutes: 500 units, few epochs')
    .option('--seed <n>', 'seed for all random numbers', seedNumber, 1)
    .option(
      '--out <folder>',
      'where models, checkpoints and the report go (default: runs/lfw or runs/lfw-quick)',
    )
    .option('--resume', 'continue the run in --out');
  return withRunOptions(command);
}

function withDataOptions(command: Command): void {
  command
    .option('--data <folder>', 'the images and the pairs (default: lfw in $DEEPBELIEF_DATA)')
    .option('--own-images', 'the images are your own: counts and MD5 are not checked')
    .addOption(choice('--view <n>', '1 to choose a model, 2 for the final measurement', ['1', '2']))
    .option(
      '--folds <n>',
      'folds of View 2; for fewer than the file has, neighboring folds are joined',
      wholeNumber(2, 100),
      10,
    )
    .addOption(
      choice(
        '--images <which>',
        'pre-train on the images of the training pairs, or of everyone not in the test pairs',
        ['pairs', 'people'],
      ),
    )
    .addOption(
      choice(
        '--pairs <protocol>',
        'restricted: only the training pairs; unrestricted: in each epoch, new pairs from all ' +
          'images of the people in them',
        ['restricted', 'unrestricted'],
      ),
    )
    .option('--cache <folder>', 'where prepared images are kept (default: images in --out)')
    .option(
      '--unpacked-limit <GiB>',
      'the most that an archive may unpack to',
      wholeNumber(1, 2 ** 20),
      4,
    );
}

function withFaceOptions(command: Command): void {
  const means = Object.entries(FACE_MEANS).map(([name, text]) => `${name}, ${text}`);
  command
    .option('--size <pixels>', 'side of the prepared images', wholeNumber(4, 256), 32)
    .option(
      '--window <pixels>',
      'side of the window in the middle of the picture, in pixels of a 250×250 picture',
      wholeNumber(10, 250),
      FACE_WINDOW,
    )
    .option(
      '--fields <pixels>',
      'side of the square that each unit of the first layer sees; 0 for the whole image',
      wholeNumber(0, 256),
      0,
    )
    .addOption(
      choice('--mean <which>', `normalization: ${means.join('; ')}`, [
        'contrast',
        ...Object.keys(FACE_MEANS).filter((name) => name !== 'contrast'),
      ]),
    )
    .option('--no-reflections', 'do not mirror images in training or average over reflections')
    .option(
      '--shift <pixels>',
      'the most pixels that the window moves by in training',
      wholeNumber(0, 8),
      0,
    );
}

/** Makes an option with a few choices, the first of which is the default. */
function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).default(words[0]);
}

function unitNames(text: string): string[] {
  const names = text.split(',');
  if (names.every((name) => FACE_UNITS.includes(name))) return names;
  throw new UserError(
    `--units is ${text}, expected names of ${FACE_UNITS.join(', ')} separated by commas`,
  );
}
