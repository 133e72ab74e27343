import { printable } from '@deepbelief/checks';
import type { CsrRows } from '@deepbelief/data';
import { ArrayFileError } from './array-file-error.ts';
import type { NumericArray } from './numeric-array.ts';
import { parseNpy } from './parse-npy.ts';
import { isSparse, npzEntries, type NpzEntry, type ReadNpzOptions } from './read-npz.ts';

const REMEDY = 'save it again: scipy.sparse.save_npz(path, matrix.tocsr())';

/**
 * Reads a matrix in compressed sparse row form from an NPZ file as `scipy.sparse.save_npz` writes
 * it. Values become float32.
 *
 * @param name the file's name, for messages
 * @throws ArrayFileError for an archive that is no sparse matrix, has another form than CSR, or has
 *   parts that do not belong together, and like `readNpz`
 */
export async function readCsr(
  bytes: Uint8Array,
  name: string,
  options: ReadNpzOptions = {},
): Promise<CsrRows> {
  const entries = await npzEntries(bytes, name, options);
  if (!isSparse(entries)) {
    const names = printable([...entries.keys()].join(', ').slice(0, 60));
    throw new ArrayFileError(name, `the archive holds ${names}`, 'a sparse matrix', REMEDY);
  }
  // An array of three bytes, which its file ends with: csr, csc, coo, …
  const form = new TextDecoder('latin1').decode(entries.get('format')!.unpacked.subarray(-3));
  if (form !== 'csr')
    throw new ArrayFileError(name, `the matrix's format is ${printable(form)}`, 'csr', REMEDY);
  const shape = wholeNumbers(entries, 'shape', name, 2 ** 53 - 1);
  const indptr = wholeNumbers(entries, 'indptr', name, 2 ** 32 - 1);
  const indices = wholeNumbers(entries, 'indices', name, 2 ** 32 - 1);
  const { where, array } = entryOf(entries, 'data', name);
  const data = Float32Array.from(array.data as ArrayLike<number | bigint>, Number);
  const [rows = 0, columns = 0] = shape;
  const fail = (part: string, found: string, expected: string): never => {
    throw new ArrayFileError(`${name}: ${part}.npy`, found, expected, REMEDY);
  };
  if (shape.length !== 2) fail('shape', `it has ${shape.length} numbers`, 'rows and columns');
  if (indptr.length !== rows + 1)
    fail('indptr', `it has ${indptr.length} numbers for ${rows} rows`, `${rows + 1}`);
  if (indices.length !== data.length)
    fail('indices', `it has ${indices.length} numbers for ${data.length} values`, 'one for each');
  const falls = indptr.findIndex((start, i) => (i === 0 ? start !== 0 : start < indptr[i - 1]!));
  if (falls !== -1) fail('indptr', `number ${falls} is ${indptr[falls]}`, 'numbers rising from 0');
  if (indptr[rows] !== data.length)
    fail('indptr', `it ends with ${indptr[rows]}`, `${data.length}, the number of values`);
  const outside = indices.findIndex((column) => column >= columns);
  if (outside !== -1)
    fail('indices', `number ${outside} is ${indices[outside]}`, `less than ${columns}`);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) {
    const found = `value ${wrong} is ${String(array.data[wrong])}`;
    throw new ArrayFileError(where, found, 'a finite number', 'replace it or leave the row out');
  }
  return {
    shape: [rows, columns],
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    data,
  };
}

function entryOf(
  entries: ReadonlyMap<string, NpzEntry>,
  key: string,
  name: string,
): { where: string; array: NumericArray } {
  const entry = entries.get(key);
  if (entry === undefined)
    throw new ArrayFileError(name, `there is no ${key}.npy`, 'a matrix of format csr', REMEDY);
  const array = parseNpy(entry.unpacked, entry.where);
  if (array.shape.length === 1) return { where: entry.where, array };
  const found = `it has ${array.shape.length} dimensions`;
  throw new ArrayFileError(entry.where, found, 'one', REMEDY);
}

function wholeNumbers(
  entries: ReadonlyMap<string, NpzEntry>,
  key: string,
  name: string,
  most: number,
): Float64Array {
  const { where, array } = entryOf(entries, key, name);
  const numbers = Float64Array.from(array.data as ArrayLike<number | bigint>, Number);
  const wrong = numbers.findIndex(
    (value) => !(Number.isInteger(value) && value >= 0 && value <= most),
  );
  if (wrong === -1) return numbers;
  const found = `number ${wrong} is ${numbers[wrong]}`;
  throw new ArrayFileError(where, found, `a whole number from 0 to ${most}`, REMEDY);
}
