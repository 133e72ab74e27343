import { denseRows } from '@deepbelief/data';
import { expect, test } from 'vitest';
import {
  ArrayFileError,
  encodeNpy,
  encodeNpz,
  readCsr,
  readNpz,
  type NumericArray,
} from '../src/index.ts';
import { numpyFile } from './numpy-files.ts';

test.for(['deflated', 'stored'])('a matrix of scipy.sparse is read: %s', async (kind) => {
  const rows = await readCsr(numpyFile(`npz csr ${kind}`), 'm.npz');
  expect(rows.shape).toEqual([3, 4]);
  expect([...rows.indptr]).toEqual([0, 2, 2, 4]);
  expect([...denseRows(rows)]).toEqual([0, 2, 0, 1, 0, 0, 0, 0, 5, 0, 3, 0]);
});

test('another form, and arrays that are no matrix, are one line', async () => {
  await expect(readCsr(numpyFile('npz csc'), 'm.npz')).rejects.toThrow(
    "m.npz: the matrix's format is csc, expected csr: save it again: scipy.sparse.save_npz(",
  );
  await expect(readCsr(numpyFile('npz stored'), 'm.npz')).rejects.toThrow(
    'm.npz: the archive holds x, y, expected a sparse matrix',
  );
  await expect(readNpz(numpyFile('npz csr stored'), 'm.npz')).rejects.toThrow(
    'm.npz: the archive holds a sparse matrix, expected arrays: read it with readCsr',
  );
});

const ints = (...numbers: number[]): NumericArray => ({
  dtype: 'int32',
  shape: [numbers.length],
  data: Int32Array.from(numbers),
});

const PARTS = {
  shape: ints(2, 3),
  indptr: ints(0, 1, 2),
  indices: ints(2, 0),
  data: ints(7, 8),
};

/** An archive like that of scipy, but for the bytes of its format, which NumPy alone writes. */
function archive(parts: Partial<Record<keyof typeof PARTS, NumericArray>>): Promise<Uint8Array> {
  const format: NumericArray = { dtype: 'uint8', shape: [3], data: Uint8Array.of(99, 115, 114) };
  return encodeNpz({ ...PARTS, ...parts, format });
}

test('an archive with the parts of a matrix is one', async () => {
  expect([...denseRows(await readCsr(await archive({}), 'm.npz'))]).toEqual([0, 0, 7, 8, 0, 0]);
});

test.for([
  [{ shape: ints(2) }, 'm.npz: shape.npy: it has 1 numbers, expected rows and columns'],
  [{ shape: ints(3, 3) }, 'm.npz: indptr.npy: it has 3 numbers for 3 rows, expected 4'],
  [{ shape: ints(2, 2) }, 'm.npz: indices.npy: number 0 is 2, expected less than 2'],
  [{ indptr: ints(0, 2, 1) }, 'm.npz: indptr.npy: number 2 is 1, expected numbers rising from 0'],
  [{ indptr: ints(0, 1, 1) }, 'm.npz: indptr.npy: it ends with 1, expected 2'],
  [{ indices: ints(2, -1) }, 'm.npz: indices.npy: number 1 is -1, expected a whole number from 0'],
  [{ data: ints(7) }, 'm.npz: indices.npy: it has 2 numbers for 1 values, expected one for each'],
  [
    { data: { dtype: 'float64', shape: [2], data: Float64Array.of(1, 1e39) } },
    'm.npz: data.npy: value 1 is 1e+39, expected a finite number',
  ],
  [
    { data: { dtype: 'float64', shape: [2, 1], data: Float64Array.of(1, 2) } },
    'm.npz: data.npy: it has 2 dimensions, expected one',
  ],
] as const)('parts that do not belong together are one line: %#', async ([part, message]) => {
  const attempt = archive(part).then((bytes) => readCsr(bytes, 'm.npz'));
  await expect(attempt).rejects.toThrow(ArrayFileError);
  await expect(attempt).rejects.toThrow(message);
});

test('a part that is missing is one line', async () => {
  const { data, shape } = PARTS;
  const format: NumericArray = { dtype: 'uint8', shape: [3], data: Uint8Array.of(99, 115, 114) };
  expect(encodeNpy(format).slice(-3)).toEqual(Uint8Array.of(99, 115, 114));
  await expect(readCsr(await encodeNpz({ data, shape, format }), 'm.npz')).rejects.toThrow(
    'm.npz: there is no indptr.npy, expected a matrix of format csr',
  );
});
