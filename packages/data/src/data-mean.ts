import type { Dataset } from './dataset.ts';
import { readExamples } from './read-examples.ts';
import { valueCount } from './value-count.ts';

/**
 * Returns the mean of each value over the examples, [values per example], summed in float64. Throws
 * like `materialize`.
 */
export async function dataMean(dataset: Dataset): Promise<Float32Array> {
  const sums = new Float64Array(valueCount(dataset.shape, dataset.name));
  for await (const { inputs } of readExamples(dataset)) {
    for (let start = 0; start < inputs.length; start += sums.length) {
      for (let j = 0; j < sums.length; j++) sums[j]! += inputs[start + j]!;
    }
  }
  return Float32Array.from(sums, (sum) => sum / dataset.size);
}
