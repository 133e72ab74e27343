import { readFileSync } from 'node:fs';
import { decodeSiamese } from '@deepbelief/dbn';

/** Share of the first layer's weights that are not zero, of a saved Siamese net. */
export async function layerSparsity(file: string): Promise<number> {
  const siamese = decodeSiamese(readFileSync(file), file);
  const weights = await siamese.layers[0]!.weights.data();
  siamese.dispose();
  return Float32Array.from(weights).filter((w) => w !== 0).length / weights.length;
}
