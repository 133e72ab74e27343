import type { Dataset } from './dataset.ts';
import { readExamples } from './read-examples.ts';
import { valueCount } from './value-count.ts';

/**
 * Returns the mean of each value over the examples in which it is known, [values per example],
 * summed in float64; 0 for a value that is always missing. Throws like `materialize`.
 */
export async function dataMean(dataset: Dataset): Promise<Float32Array> {
  const sums = new Float64Array(valueCount(dataset.shape, dataset.name));
  const missing = new Float64Array(sums.length);
  for await (const { inputs, observed } of readExamples(dataset)) {
    for (let start = 0; start < inputs.length; start += sums.length) {
      for (let j = 0; j < sums.length; j++) {
        if (observed?.[start + j] === 0) missing[j]! += 1;
        else sums[j]! += inputs[start + j]!;
      }
    }
  }
  return Float32Array.from(sums, (sum, j) => sum / Math.max(dataset.size - missing[j]!, 1));
}
