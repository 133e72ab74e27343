import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import { normals, randomKey } from '@deepbelief/random';

/**
 * Points around the corners of a square, opposite corners of one class: no linear rule tells the
 * classes apart.
 */
export function corners(examples: number, deviation: number, seed: number): IndexedDataset {
  const noise = normals(randomKey(seed), 2 * examples);
  const inputs = new Float32Array(2 * examples);
  const labels = new Uint8Array(examples);
  for (let i = 0; i < examples; i++) {
    const [right, top] = [i & 1, (i >> 1) & 1];
    inputs[2 * i] = 2 * right - 1 + deviation * noise[2 * i]!;
    inputs[2 * i + 1] = 2 * top - 1 + deviation * noise[2 * i + 1]!;
    labels[i] = right ^ top;
  }
  return inMemoryDataset({ name: 'corners', inputs, shape: [2], labels });
}
