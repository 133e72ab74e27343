import { aList, anything, argumentError, aText, checkOptions, required } from '@deepbelief/checks';
import { batchIndices } from './batch-indices.ts';
import { checkCsr, csrRowsAt, denseRows, type CsrRows } from './csr-rows.ts';
import type { BatchOptions, IndexedDataset } from './dataset.ts';
import { indexedDataset } from './indexed-dataset.ts';
import { valueCount } from './value-count.ts';

/** Some examples of a sparse dataset: plain arrays, so there is nothing to dispose of. */
export interface CsrMinibatch {
  readonly inputs: CsrRows;
  /** Class numbers; only if the dataset has labels. */
  readonly labels?: Int32Array;
}

/**
 * Examples of which most values are zero, such as words of texts and ratings. `batches` gives them
 * with their zeros, to anything that takes a dataset; `csrBatches` gives the same minibatches
 * without.
 */
export interface CsrDataset extends IndexedDataset {
  /** All examples. */
  readonly rows: CsrRows;
  /** The minibatches of `batches` with the same options, as sparse rows. */
  csrBatches(options: BatchOptions): Iterable<CsrMinibatch>;
}

/** Options of `csrDataset`. */
export interface CsrDatasetOptions {
  readonly name: string;
  /** One row for each example. They are kept, not copied. */
  readonly rows: CsrRows;
  /** Shape of one example. Default [columns]. */
  readonly shape?: readonly number[];
  /** Class number of every example. */
  readonly labels?: ArrayLike<number | bigint>;
  /** Number of classes; without it, one more than the largest label. */
  readonly classes?: number;
}

/**
 * Makes a dataset of sparse rows. Memory holds what is not zero, and a minibatch with its zeros.
 *
 * @throws RangeError if the rows' parts do not belong together, there are none, a value is not
 *   finite, shape or labels do not fit, or there is an unknown option
 */
export function csrDataset(options: CsrDatasetOptions): CsrDataset {
  checkOptions('csrDataset', options, {
    name: required(aText),
    rows: anything,
    shape: aList,
    labels: anything,
    classes: anything,
  });
  const { name, rows, labels, classes } = options;
  checkCsr(name, rows);
  const [size, columns] = rows.shape;
  const shape = options.shape ?? [columns];
  if (valueCount(shape, name) !== columns) {
    throw argumentError(
      `${name}: shape is [${shape.join(', ')}] for rows of ${columns} values, expected that product`,
    );
  }
  const dataset = indexedDataset({
    name,
    shape,
    size,
    ...(labels !== undefined && { labels }),
    ...(classes !== undefined && { classes }),
    valuesAt: (indices) => denseRows(csrRowsAt(rows, indices)),
  });
  return {
    ...dataset,
    rows,
    *csrBatches(batchOptions) {
      for (const indices of batchIndices(size, batchOptions, `${name}: csrBatches`)) {
        const own = dataset.labels;
        yield {
          inputs: csrRowsAt(rows, indices),
          ...(own && { labels: Int32Array.from(indices, (index) => own[index]!) }),
        };
      }
    },
  };
}
