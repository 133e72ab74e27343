import {
  aList,
  anything,
  argumentError,
  aText,
  checkOptions,
  finiteNumber,
  shown,
} from '@deepbelief/checks';
import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import { elementCount, NUMERIC_ARRAYS, type NumericArray } from './numeric-array.ts';

/** Numbers in a row, of any type. */
export type Numbers = ArrayLike<number> | ArrayLike<bigint>;

/**
 * Examples, in any of these forms: rows of numbers; an array as read from a file, whose first
 * dimension counts examples; or all values one after another, with `shape`.
 */
export type ArrayInputs = NumericArray | readonly Numbers[] | Numbers;

/** Options of `fromArrays`. */
export interface FromArraysOptions {
  /** Its name in messages and reports. Default `arrays`. */
  readonly name?: string;
  /** Shape of one example. Default: that of the array beyond its first dimension. */
  readonly shape?: readonly number[];
  /** Class number of every example: numbers from 0, or an array of one dimension. */
  readonly labels?: ArrayLike<number | bigint> | NumericArray;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
  /** The factor for all values. Default 1; 1/255 makes bytes 0 to 1. */
  readonly scale?: number;
}

/**
 * Makes a dataset in memory of arrays. Values become float32; Float32Arrays and bytes are kept, not
 * copied, unless there is a scale for floats.
 *
 * @throws RangeError if there are no examples, rows differ in length, the shape or the labels do
 *   not fit, a value is not a finite number, or there is an unknown option
 */
export function fromArrays(inputs: ArrayInputs, options: FromArraysOptions = {}): IndexedDataset {
  checkOptions('fromArrays', options, {
    name: aText,
    shape: aList,
    labels: anything,
    classes: anything,
    scale: finiteNumber(),
  });
  const { name = 'arrays', classes, scale = 1, labels } = options;
  const { data, shape } = valuesOf(inputs, name, options.shape);
  return inMemoryDataset({
    name,
    shape,
    ...(data instanceof Uint8Array ? { inputs: data, scale } : { inputs: floats(data, scale) }),
    ...(labels !== undefined && { labels: labelsOf(labels, name) }),
    ...(classes !== undefined && { classes }),
  });
}

interface Values {
  readonly data: Numbers;
  /** Shape of one example. */
  readonly shape: readonly number[];
}

function valuesOf(inputs: unknown, name: string, shape: readonly number[] | undefined): Values {
  if (isArray(inputs)) return arrayValues(inputs, name, shape);
  if (!isNumbers(inputs)) {
    throw argumentError(
      `${name}: the inputs are ${shown(inputs)}, expected rows of numbers, a typed array or an ` +
        'array { dtype, shape, data }',
    );
  }
  const items: ArrayLike<unknown> = inputs;
  if (isNumbers(items[0])) return rowValues(items, name, shape);
  if (shape !== undefined) return { data: inputs, shape };
  throw argumentError(
    `${name}: the inputs are ${inputs.length} numbers without a shape, expected the shape of an ` +
      'example: give shape, such as [28, 28], or [1] if each example is one number',
  );
}

function arrayValues(
  { shape: whole, data }: NumericArray,
  name: string,
  shape: readonly number[] | undefined,
): Values {
  if (elementCount(whole) !== data.length) {
    throw argumentError(
      `${name}: the array has shape [${whole.join(', ')}] and ${data.length} numbers, expected ` +
        'their product',
    );
  }
  if (whole.length === 0) {
    throw argumentError(`${name}: the array is a single number, expected examples in rows`);
  }
  const own = whole.length === 1 ? [1] : whole.slice(1);
  if (shape !== undefined && elementCount(shape) !== elementCount(own)) {
    throw argumentError(
      `${name}: shape is [${shape.join(', ')}] for examples of ${elementCount(own)} values, ` +
        'expected that product',
    );
  }
  return { data, shape: shape ?? own };
}

function rowValues(
  rows: ArrayLike<unknown>,
  name: string,
  shape: readonly number[] | undefined,
): Values {
  const { length } = rows[0] as Numbers;
  const data = new Float32Array(rows.length * length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isNumbers(row) || row.length !== length) {
      const found = isNumbers(row) ? `${row.length} values` : shown(row);
      throw argumentError(
        `${name}: row ${i} has ${found}, expected ${length} values, as row 0 has`,
      );
    }
    for (let j = 0; j < length; j++) {
      const value: unknown = row[j];
      if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'boolean') {
        throw argumentError(
          `${name}: value ${j} of row ${i} is ${shown(value)}, expected a number: number ` +
            'categories, or read the table with @deepbelief/tables',
        );
      }
      data[i * length + j] = Number(value);
    }
  }
  return { data, shape: shape ?? [length] };
}

function labelsOf(labels: unknown, name: string): ArrayLike<number | bigint> {
  const { data, shape } = isArray(labels) ? labels : { data: labels, shape: [] };
  if (shape.length > 1 && shape.slice(1).some((size) => size !== 1)) {
    throw argumentError(
      `${name}: the labels have shape [${shape.join(', ')}], expected one number for each example`,
    );
  }
  return data as ArrayLike<number | bigint>;
}

function floats(data: Numbers, scale: number): Float32Array {
  if (data instanceof Float32Array && scale === 1) return data;
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = Number(data[i]) * scale;
  return result;
}

function isArray(value: unknown): value is NumericArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dtype' in value &&
    Object.hasOwn(NUMERIC_ARRAYS, String(value.dtype)) &&
    'shape' in value &&
    Array.isArray(value.shape) &&
    'data' in value
  );
}

function isNumbers(value: unknown): value is Numbers {
  return (
    typeof value === 'object' && value !== null && 'length' in value && Number(value.length) >= 0
  );
}
