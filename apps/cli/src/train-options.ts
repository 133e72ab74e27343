import { NEGATIVE_PHASES, STACK_UNITS } from '@deepbelief/experiments';
import type { ColumnKind } from '@deepbelief/tables';
import { Option, type Command } from 'commander';
import { choiceNames, withChoiceList } from './choice-list.ts';
import {
  numberList,
  seedNumber,
  wholeNumber,
  withIdxOptions,
  withRunOptions,
  type IdxOptions,
  type SharedOptions,
} from './options.ts';
import { columnKind } from './column-kind.ts';
import { withReadOptions, type ReadOptions } from './verb-options.ts';

/** The options of `deepbelief train`. */
export interface TrainOptions extends SharedOptions, IdxOptions, ReadOptions {
  readonly units: string;
  readonly layers: number[];
  readonly epochs: number[];
  readonly rate?: number[];
  readonly negativePhase?: string;
  readonly zeroHiddenBias?: boolean;
  readonly fineTune: number;
  readonly dropout?: boolean;
  readonly labels?: number;
  readonly label?: string;
  readonly schema?: string;
  readonly kind?: Readonly<Record<string, ColumnKind>>;
  readonly compare?: boolean;
  readonly validation: number;
  readonly limitTrain?: number;
  readonly limitTest?: number;
  readonly seed: number;
  readonly out: string;
  readonly resume?: boolean;
}

/** Adds these options to a command. */
export function withTrainOptions(command: Command): Command {
  command
    .addOption(
      new Option('--units <type>', 'hidden units of every layer (of a table: chosen)')
        .choices(choiceNames(STACK_UNITS))
        .default('nrelu'),
    )
    .option('--layers <sizes>', 'hidden units of each layer', numberList(true), [500, 500])
    .option('--epochs <counts>', 'epochs of pre-training of each layer', numberList(true), [5])
    .option(
      '--rate <rates>',
      'learning rate of each layer (default: the unit type’s)',
      numberList(false),
    )
    .addOption(
      new Option(
        '--negative-phase <type>',
        'what pre-training compares the data with (default: cd)',
      ).choices(choiceNames(NEGATIVE_PHASES)),
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
      'fine-tune on only n labeled examples, the same number of each class',
      wholeNumber(1),
    )
    .option('--compare', 'also fine-tune the same net from random weights')
    .option(
      '--label <name>',
      'the classes: a column of a table, an array of an NPZ file, or another NPY file',
    )
    .option('--schema <file>', 'for a table: the schema that deepbelief look wrote, edited or not')
    .option(
      '--kind <column=kind>',
      'for a table: the kind of a column, if the detected one is wrong; repeatable',
      columnKind,
    )
    .option('--validation <n>', 'training examples held out for validation', wholeNumber(0), 0)
    .option('--limit-train <n>', 'use only the first n training examples', wholeNumber(1))
    .option('--limit-test <n>', 'use only the first n test examples', wholeNumber(1))
    .option('--seed <n>', 'seed for all random numbers', seedNumber, 1)
    .option('--out <folder>', 'where models, checkpoints and curves go', 'runs/train')
    .option('--resume', 'continue the run in --out');
  withRunOptions(withReadOptions(withIdxOptions(command)));
  withChoiceList(command, '--units', STACK_UNITS);
  return withChoiceList(command, '--negative-phase', NEGATIVE_PHASES);
}
