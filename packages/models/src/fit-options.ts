import {
  aFunction,
  aList,
  anything,
  argumentError,
  aText,
  checkOptions,
  oneOf,
  positiveNumber,
  shown,
  wholeNumber,
} from '@deepbelief/checks';
import type { ColumnKind, TableSchema } from '@deepbelief/tables';
import { unitsFromConfig, unitTypes, usualConfig } from '@deepbelief/units';

/** How far `fit` is. */
export interface FitProgress {
  /** `choosing the layer`, `layer 1`, `classifier`. */
  readonly stage: string;
  /** What is being done, in words: `epoch 3 of 50`. */
  readonly detail: string;
  /** Share of the whole work that is done. */
  readonly fraction: number;
}

/** Options of `fit`. */
export interface FitOptions {
  /** Of tables: the column whose categories are the classes. */
  readonly label?: string;
  /** Of arrays: the class of each row, numbers or texts. */
  readonly labels?: ArrayLike<number | bigint | string>;
  /** Of arrays: the columns' names. Default `column 1`, `column 2`, … */
  readonly columns?: readonly string[];
  /** Kinds of columns that are not to be guessed: `{ id: 'ignored', grade: 'ordinal' }`. */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  /** Of tables: the schema, if it is known. */
  readonly schema?: TableSchema;
  /**
   * The type of the hidden units: `binary`, `gaussian`, `relu`, … Default: without `layers`, the
   * type and number that fill held-out cells best; with them, binary.
   */
  readonly units?: string;
  /** Hidden units of each layer, from the data up. Default: one layer. */
  readonly layers?: readonly number[];
  /** Epochs of each layer. Default: as many as make 2,500 updates. */
  readonly epochs?: number;
  /** Default: the units' own. */
  readonly learningRate?: number;
  /** Epochs of fine-tuning the classifier. Default: as many as make 1,500 updates. */
  readonly fineTuneEpochs?: number;
  /** Seed of all random numbers. Default 0. */
  readonly seed?: number;
  /** Of tables: a file to keep the rows' numbers in, for a table that is larger than memory. */
  readonly prepared?: string;
  readonly onProgress?: (progress: FitProgress) => void;
  /** Ends the work: `fit` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Names of unit types for hidden layers of any size. */
function hiddenTypes(): string[] {
  return unitTypes
    .map(({ type }) => type)
    .filter((type) => unitsFromConfig(usualConfig(type)).groupSize === 1);
}

const isSizes = {
  expected: 'whole numbers of 1 or more, such as [40]',
  accepts: (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((size) => Number.isSafeInteger(size) && size >= 1),
  optional: true,
};

/** Throws a RangeError for unknown options and those out of range. */
export function checkFitOptions(options: FitOptions): void {
  checkOptions('fit', options, {
    label: aText,
    labels: anything,
    columns: aList,
    kinds: anything,
    schema: anything,
    units: oneOf(hiddenTypes()),
    layers: isSizes,
    epochs: wholeNumber(1, 1e9, true),
    learningRate: positiveNumber,
    fineTuneEpochs: wholeNumber(0, 1e9, true),
    seed: wholeNumber(0, 2 ** 52, true),
    prepared: aText,
    onProgress: aFunction,
    signal: anything,
  });
  const { label, labels } = options;
  if (label !== undefined && labels !== undefined) {
    throw argumentError(
      `fit: label is ${shown(label)} and labels are given too, expected one of them: label names a ` +
        'column, labels are for arrays',
    );
  }
}
