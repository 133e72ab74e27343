import { anything, aText, checkOptions, finiteNumber } from '@deepbelief/checks';
import { indexedDataset, type IndexedDataset } from '@deepbelief/data';
import { openRegularFile } from '@deepbelief/data/node';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ArrayFileError } from './array-file-error.ts';
import type { FromArraysOptions } from './from-arrays.ts';
import { npyHeader, type NpyHeader } from './npy-header.ts';
import { elementCount } from './numeric-array.ts';
import { checkNpyLength, npyNumbers } from './parse-npy.ts';

/** Options of `npyFileDataset`. */
export type NpyFileDatasetOptions = Omit<FromArraysOptions, 'shape'>;

/** Bytes that hold any header. */
const HEADER = 12 + 10_000;

/**
 * Makes a dataset of an NPY file that may be larger than memory: examples are read from the file
 * one minibatch at a time. Its first dimension counts examples. Values become float32.
 *
 * @throws RegularFileError if the path is not a file that can be read; ArrayFileError like
 *   `parseNpy`, and for Fortran order, in which an example's numbers are not neighbors; RangeError
 *   for labels that do not fit and unknown options. Reading throws an ArrayFileError for a number
 *   that is not finite and if the file has changed
 */
export async function npyFileDataset(
  path: string,
  options: NpyFileDatasetOptions = {},
): Promise<IndexedDataset> {
  checkOptions('npyFileDataset', options, {
    name: aText,
    labels: anything,
    classes: anything,
    scale: finiteNumber(),
  });
  const { name = path, labels, classes, scale = 1 } = options;
  const { header, identity } = await openHeader(path);
  const [size = 0, ...rest] = header.shape;
  const shape = rest.length === 0 ? [1] : rest;
  const values = elementCount(shape);
  return indexedDataset({
    name,
    shape,
    size,
    ...(labels !== undefined && { labels: 'data' in labels ? labels.data : labels }),
    ...(classes !== undefined && { classes }),
    valuesAt(indices) {
      const numbers = readRows(path, header, identity, indices, values);
      const inputs = new Float32Array(numbers.length);
      for (let i = 0; i < inputs.length; i++) {
        const value = Number(numbers[i]) * scale;
        inputs[i] = value;
        if (Number.isFinite(inputs[i])) continue;
        throw new ArrayFileError(
          path,
          `value ${i % values} of example ${indices[Math.floor(i / values)]} is ${value}`,
          'a finite number',
          'replace it or leave the example out',
        );
      }
      return inputs;
    },
  });
}

async function openHeader(path: string): Promise<{ header: NpyHeader; identity: string }> {
  const file = await openRegularFile(path);
  try {
    const start = new Uint8Array(HEADER);
    const { bytesRead } = await file.read(start, 0, HEADER, 0);
    const header = npyHeader(start.subarray(0, bytesRead), path);
    const { size } = await file.stat();
    const { shape, fortran } = header;
    checkNpyLength(header, size, path);
    if (shape.length === 0 || elementCount(shape) === 0) {
      const found = `the array has shape (${shape.join(', ')})`;
      throw new ArrayFileError(path, found, 'one example or more', 'save the examples in rows');
    }
    if (fortran && shape.length > 1) {
      throw new ArrayFileError(
        path,
        'the array is in Fortran order',
        'C order, in which an example can be read alone',
        'save numpy.ascontiguousarray(array), or read it whole with readArrayFile',
      );
    }
    return { header, identity: identityOf(file.fd) };
  } finally {
    await file.close();
  }
}

function identityOf(file: number): string {
  const { dev, ino, size, mtimeNs } = fstatSync(file, { bigint: true });
  return [dev, ino, size, mtimeNs].join();
}

/** Reads examples: neighbors at once. */
function readRows(
  path: string,
  header: NpyHeader,
  identity: string,
  indices: Uint32Array,
  values: number,
): ArrayLike<number | bigint> {
  const bytes = values * header.bytes;
  const rows = new Uint8Array(indices.length * bytes);
  const file = openSync(path, 'r');
  try {
    if (identityOf(file) !== identity) {
      const remedy = 'open it again';
      throw new ArrayFileError(path, 'the file has changed', 'the file that was opened', remedy);
    }
    for (let begin = 0, end = 1; begin < indices.length; begin = end++) {
      while (end < indices.length && indices[end] === indices[end - 1]! + 1) end++;
      const position = header.start + indices[begin]! * bytes;
      let done = begin * bytes;
      while (done < end * bytes) {
        const read = readSync(
          file,
          rows,
          done,
          end * bytes - done,
          position + done - begin * bytes,
        );
        if (read === 0) throw new ArrayFileError(path, 'the file ends early', 'the whole file');
        done += read;
      }
    }
  } finally {
    closeSync(file);
  }
  return npyNumbers(rows, { ...header, shape: [indices.length, values] }, path).data;
}
