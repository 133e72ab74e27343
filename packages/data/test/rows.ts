import type { Dataset } from '../src/index.ts';

/** A dataset's inputs and labels, a list for each minibatch; disposes of what it reads. */
export async function rows(
  dataset: Dataset,
  options: Parameters<Dataset['batches']>[0] = { size: dataset.size },
): Promise<{ inputs: number[][][]; labels: number[][] }> {
  const inputs: number[][][] = [];
  const labels: number[][] = [];
  for await (const batch of dataset.batches(options)) {
    inputs.push(await batch.inputs.array());
    if (batch.labels) labels.push(await batch.labels.array());
    batch.dispose();
  }
  return { inputs, labels };
}
