import { checkNumber } from '@deepbelief/checks';
import { checkFinite } from './check-finite.ts';
import { checkedMinibatch } from './checked-minibatch.ts';
import type { Dataset } from './dataset.ts';
import { valueCount } from './value-count.ts';

/** Values read at a time: 4 MB of float32. */
const VALUES_AT_A_TIME = 2 ** 20;

/** Some consecutive examples as JavaScript arrays, row after row. */
export interface Examples {
  readonly inputs: Float32Array;
  readonly labels?: Int32Array;
  /** 1 where a value is known, 0 where it is missing; only if there are gaps. */
  readonly observed?: Float32Array;
}

/**
 * Downloads a dataset in its own order, some examples at a time.
 *
 * @throws RangeError for a size that is not a whole number of 1 or more, minibatches that do not
 *   fit, and values that are not finite; Error if the number of examples differs from the dataset's
 *   size
 */
export async function* readExamples(dataset: Dataset): AsyncGenerator<Examples, void, undefined> {
  const { name, shape, size } = dataset;
  checkNumber(name, 'size', size, { low: 1, whole: true });
  const values = valueCount(shape, name);
  let count = 0;
  const wrongCount = (found: string): Error =>
    new Error(`${name} gave ${found} examples, but its size is ${size}`);
  for await (const given of dataset.batches({
    size: Math.max(1, Math.floor(VALUES_AT_A_TIME / values)),
  })) {
    const batch = await checkedMinibatch(given, dataset);
    try {
      const inputs = await batch.inputs.data<'float32'>();
      const labels = await batch.labels?.data<'int32'>();
      const observed = await batch.observed?.data<'float32'>();
      checkFinite(name, inputs, values, count);
      count += inputs.length / values;
      if (count > size) throw wrongCount(`${count} or more`);
      yield { inputs, ...(labels && { labels }), ...(observed && { observed }) };
    } finally {
      batch.dispose();
    }
  }
  if (count !== size) throw wrongCount(String(count));
}
