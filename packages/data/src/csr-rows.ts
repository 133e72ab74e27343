import { argumentError, shown } from '@deepbelief/checks';

/**
 * Rows of a matrix of which most values are zero, in compressed sparse row form (CSR), with the
 * names of scipy.sparse: row i has the values `data[k]` in the columns `indices[k]`, for k from
 * `indptr[i]` to `indptr[i + 1] - 1`. Values of one place add up.
 */
export interface CsrRows {
  readonly shape: readonly [rows: number, columns: number];
  /** One number more than there are rows. */
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly data: Float32Array;
}

/**
 * Checks that the parts of rows belong together.
 *
 * @throws RangeError that names `what` if they do not, or a value is not a finite number
 */
export function checkCsr(what: string, { shape, indptr, indices, data }: CsrRows): void {
  const fail = (found: string, expected: string): never => {
    throw argumentError(`${what}: ${found}, expected ${expected}`);
  };
  const [rows, columns] = shape;
  const isSound = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
  if (shape.length !== 2 || !isSound(rows) || !isSound(columns))
    fail(`shape is [${shape.join(', ')}]`, 'two whole numbers of 0 or more');
  for (const [name, array, Kind] of [
    ['indptr', indptr, Uint32Array],
    ['indices', indices, Uint32Array],
    ['data', data, Float32Array],
  ] as const)
    if (!(array instanceof Kind)) fail(`${name} is ${shown(array)}`, `a ${Kind.name}`);
  if (indptr.length !== rows + 1)
    fail(`indptr has ${indptr.length} numbers for ${rows} rows`, `${rows + 1}`);
  if (indices.length !== data.length)
    fail(`there are ${indices.length} indices for ${data.length} values`, 'one for each');
  const falls = indptr.findIndex((start, i) => (i === 0 ? start !== 0 : start < indptr[i - 1]!));
  if (falls !== -1) fail(`indptr[${falls}] is ${indptr[falls]}`, 'numbers that rise from 0');
  if (indptr[rows] !== data.length)
    fail(`indptr ends with ${indptr[rows]}`, `${data.length}, the number of values`);
  const outside = indices.findIndex((column) => column >= columns);
  if (outside !== -1) fail(`indices[${outside}] is ${indices[outside]}`, `less than ${columns}`);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) fail(`data[${wrong}] is ${data[wrong]}`, 'a finite number');
}

/** Takes the rows with these numbers, in this order. */
export function csrRowsAt(
  { shape, indptr, indices, data }: CsrRows,
  rows: ArrayLike<number>,
): CsrRows {
  const starts = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++)
    starts[i + 1] = starts[i]! + indptr[rows[i]! + 1]! - indptr[rows[i]!]!;
  const count = starts[rows.length]!;
  const [places, values] = [new Uint32Array(count), new Float32Array(count)];
  for (let i = 0; i < rows.length; i++) {
    const [from, to] = [indptr[rows[i]!]!, indptr[rows[i]! + 1]!];
    places.set(indices.subarray(from, to), starts[i]);
    values.set(data.subarray(from, to), starts[i]);
  }
  return { shape: [rows.length, shape[1]], indptr: starts, indices: places, data: values };
}

/** All values of rows, row after row, zeros included. */
export function denseRows({ shape, indptr, indices, data }: CsrRows): Float32Array<ArrayBuffer> {
  const [rows, columns] = shape;
  const dense = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++)
      dense[row * columns + indices[k]!]! += data[k]!;
  return dense;
}
