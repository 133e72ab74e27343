import { foldKey, permutation } from '@deepbelief/random';
import { checkBatchOptions } from './batch-rules.ts';
import type { BatchOptions } from './dataset.ts';

/**
 * Yields the example numbers of each minibatch. Minibatch m holds places m * size to (m + 1) * size
 * - 1 of the order, which is 0, 1, 2, … or, with a key, `permutation(foldKey(key, 'minibatches'),
 *   count)`. Minibatches before `start` cost nothing.
 *
 * @param count number of examples
 * @throws RangeError that names `what` if size or start is out of range, key is not a key, or there
 *   is an unknown option
 */
export function batchIndices(
  count: number,
  options: BatchOptions,
  what: string,
): Iterable<Uint32Array> {
  checkBatchOptions(count, options, what);
  const { size, key, start = 0 } = options;
  return generate();

  function* generate(): Generator<Uint32Array> {
    const order = key === undefined ? undefined : permutation(foldKey(key, 'minibatches'), count);
    for (let begin = start * size; begin < count; begin += size) {
      const end = Math.min(begin + size, count);
      yield (
        order?.subarray(begin, end) ??
        Uint32Array.from({ length: end - begin }, (_, i) => begin + i)
      );
    }
  }
}
