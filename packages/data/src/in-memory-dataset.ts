import {
  argumentError,
  aList,
  anything,
  checkOptions,
  oneOf,
  required,
  aText,
  type OptionRule,
} from '@deepbelief/checks';
import { checkFinite } from './check-finite.ts';
import type { IndexedDataset } from './dataset.ts';
import { indexedDataset } from './indexed-dataset.ts';
import { valueCount } from './value-count.ts';

/** Options of `inMemoryDataset`. */
export interface InMemoryDatasetOptions {
  readonly name: string;
  /**
   * All values, one example after another. They are kept, not copied; bytes become float32 one
   * minibatch at a time.
   */
  readonly inputs: Float32Array | Uint8Array;
  /** Shape of one example. */
  readonly shape: readonly number[];
  /** Class number of every example. */
  readonly labels?: ArrayLike<number | bigint>;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
  /** For bytes: the factor for each byte; default 1/255, so that inputs are 0 to 1. */
  readonly scale?: number;
  /** For floats: `nan` if NaN stands for a value that is missing. Default: NaN is an error. */
  readonly missing?: 'nan';
}

const floatsOrBytes: OptionRule = {
  expected: 'a Float32Array or a Uint8Array; Float32Array.from(numbers) makes one',
  accepts: (value) => value instanceof Float32Array || value instanceof Uint8Array,
};

/**
 * Makes a dataset of values in memory.
 *
 * @throws RangeError if the values are not a whole number of examples, a float is not finite, the
 *   labels do not fit, scale is not finite or given for floats, or there is an unknown option
 */
export function inMemoryDataset(options: InMemoryDatasetOptions): IndexedDataset {
  const { name, inputs, shape, labels, classes, missing } = options;
  checkOptions('inMemoryDataset', options, {
    name: required(aText),
    inputs: floatsOrBytes,
    shape: required(aList),
    labels: anything,
    classes: anything,
    scale: anything,
    missing: oneOf(['nan']),
  });
  const values = valueCount(shape, name);
  const size = inputs.length / values;
  if (!Number.isInteger(size) || size < 1) {
    throw argumentError(
      `${name}: there are ${inputs.length} values, expected a multiple of ${values} for ` +
        `examples of shape [${shape.join(', ')}], and at least one example`,
    );
  }
  const copyRow =
    inputs instanceof Uint8Array
      ? byteRows(inputs, values, options)
      : floatRows(inputs, values, options);
  return indexedDataset({
    name,
    shape,
    size,
    ...(labels && { labels }),
    ...(classes !== undefined && { classes }),
    valuesAt(indices) {
      const rows = new Float32Array(indices.length * values);
      for (let i = 0; i < indices.length; i++) copyRow(rows, i * values, indices[i]!);
      return rows;
    },
    ...(missing !== undefined && { missing }),
  });
}

/** Copies an example into minibatch rows at an offset. */
type CopyRow = (rows: Float32Array, offset: number, example: number) => void;

/** Turns bytes into floats with a table of the 256 possible values. */
function byteRows(
  bytes: Uint8Array,
  values: number,
  { name, scale = 1 / 255 }: InMemoryDatasetOptions,
): CopyRow {
  if (!Number.isFinite(scale))
    throw argumentError(`${name}: scale is ${scale}, expected a finite number`);
  const table = Float32Array.from({ length: 256 }, (_, byte) => byte * scale);
  return (rows, offset, example) => {
    const start = example * values;
    for (let j = 0; j < values; j++) rows[offset + j] = table[bytes[start + j]!]!;
  };
}

function floatRows(
  floats: Float32Array,
  values: number,
  { name, scale, missing }: InMemoryDatasetOptions,
): CopyRow {
  if (scale !== undefined) {
    throw argumentError(
      `${name}: scale is ${scale} for float32 inputs, expected none: scale is for bytes`,
    );
  }
  checkFinite(name, floats, values, 0, missing !== undefined);
  return (rows, offset, example) =>
    rows.set(floats.subarray(example * values, (example + 1) * values), offset);
}
