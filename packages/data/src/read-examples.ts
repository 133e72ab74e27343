import type { Dataset } from './dataset.ts';
import { valueCount } from './value-count.ts';

/** Values read at a time: 4 MB of float32. */
const VALUES_AT_A_TIME = 2 ** 20;

/** Some consecutive examples on the JavaScript side, row after row. */
export interface Examples {
  readonly inputs: Float32Array;
  readonly labels?: Int32Array;
}

/** Goes through a dataset in its own order and downloads it, some examples at a time. */
export async function* readExamples(dataset: Dataset): AsyncGenerator<Examples, void, undefined> {
  const size = Math.max(1, Math.floor(VALUES_AT_A_TIME / valueCount(dataset.shape, dataset.name)));
  for await (const batch of dataset.batches({ size })) {
    try {
      const inputs = await batch.inputs.data<'float32'>();
      const labels = await batch.labels?.data<'int32'>();
      yield { inputs, ...(labels && { labels }) };
    } finally {
      batch.dispose();
    }
  }
}
