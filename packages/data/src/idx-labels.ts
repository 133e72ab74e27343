import { checkList } from '@deepbelief/checks';
import { IdxError } from './idx-error.ts';
import { readIdx, type ReadIdxOptions } from './read-idx.ts';

/** A file's bytes, as read or fetched, and its name for messages. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Columns of QMNIST's label files; the first is the class. */
const QMNIST_COLUMNS = 8;

/**
 * Reads the labels of an idx file of any number type, gzipped or not. It has one dimension, or two
 * as in QMNIST: int32 [examples, 8], with the class in the first column, and the writer and the
 * place in NIST's database in the others.
 *
 * Source: C. Yadav, L. Bottou, "Cold case: the lost MNIST digits" (2019), and its files.
 *
 * @throws IdxError for a bad file or another shape; RangeError for a label that is not a 32-bit
 *   whole number
 */
export async function idxLabels(
  { name, bytes }: NamedBytes,
  options: ReadIdxOptions = {},
): Promise<Int32Array> {
  const { shape, data, dtype } = await readIdx(bytes, name, options);
  const [count = 0, columns = 1] = shape;
  const isQmnist = dtype === 'int32' && shape.length === 2 && columns === QMNIST_COLUMNS;
  if (shape.length !== 1 && !isQmnist) {
    throw new IdxError(
      name,
      `the file has ${dtype} of shape [${shape.join(', ')}]`,
      'labels: one dimension, as in [60000], or int32 of shape [examples, 8], as in QMNIST',
      'use the labels, not the images',
    );
  }
  const labels = isQmnist ? data.filter((_, i) => i % columns === 0) : data;
  checkList(name, 'labels', labels, { low: -(2 ** 31), high: 2 ** 31 - 1, whole: true });
  return Int32Array.from({ length: count }, (_, i) => labels[i]!);
}
