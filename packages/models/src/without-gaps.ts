import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import { impute, type Rbm } from '@deepbelief/rbm';
import { ROWS } from './encoded-rows.ts';

/** The dataset with its gaps filled with what the model expects there; itself if it has none. */
export async function withoutGaps(
  rbm: Rbm,
  dataset: IndexedDataset,
  seed: number,
): Promise<IndexedDataset> {
  if (dataset.observedAt === undefined) return dataset;
  const { name, size, shape, labels, classes } = dataset;
  const width = rbm.visible.size;
  const inputs = new Float32Array(size * width);
  for (let start = 0; start < size; start += ROWS) {
    const indices = Uint32Array.from({ length: Math.min(ROWS, size - start) }, (_, i) => start + i);
    const values = await valuesWithGaps(dataset, indices);
    inputs.set(await filledValues(rbm, values, seed), start * width);
  }
  return inMemoryDataset({
    name,
    inputs,
    shape,
    ...(labels && { labels }),
    ...(classes !== undefined && { classes }),
  });
}

/** Rows of a dataset; NaN at gaps. */
export async function valuesWithGaps(
  dataset: IndexedDataset,
  indices: Uint32Array,
): Promise<Float32Array> {
  const tensor = await dataset.inputsAt(indices);
  const values = (await tensor.data<'float32'>()).slice();
  tensor.dispose();
  (await dataset.observedAt?.(indices))?.forEach((known, i) => {
    if (known === 0) values[i] = NaN;
  });
  return values;
}

/** Rows with their gaps filled; the same numbers where there are none. */
export async function filledValues(
  rbm: Rbm,
  values: Float32Array,
  seed: number,
): Promise<Float32Array> {
  return values.some(Number.isNaN) ? impute(rbm, values, { seed }) : values;
}
