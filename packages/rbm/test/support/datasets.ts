import { inMemoryDataset, type IndexedDataset } from '@deepbelief/data';
import { normals, randomKey, uniforms } from '@deepbelief/random';

/** Rows of numbers as a dataset. */
export function rowsDataset(rows: readonly (readonly number[])[]): IndexedDataset {
  return inMemoryDataset({
    name: 'rows',
    inputs: Float32Array.from(rows.flat()),
    shape: [rows[0]!.length],
  });
}

/** Independent bits that are 1 with the given probability. */
export function randomBits(size: number, width: number, probability = 0.5): IndexedDataset {
  const inputs = uniforms(randomKey(99), size * width).map((u) => (u < probability ? 1 : 0));
  return inMemoryDataset({ name: 'bits', inputs, shape: [width] });
}

/** Independent normals of mean 0 with a standard deviation for each column. */
export function randomNormals(size: number, sigmas: readonly number[]): IndexedDataset {
  const inputs = normals(randomKey(98), size * sigmas.length).map(
    (z, i) => z * sigmas[i % sigmas.length]!,
  );
  return inMemoryDataset({ name: 'normals', inputs, shape: [sigmas.length] });
}

/** All patterns of whole rows or whole columns, each once (MacKay 2003, section 43). */
export function barsAndStripes(side: number): number[][] {
  const lines = Array.from({ length: 2 ** side }, (_, bits) =>
    Array.from({ length: side }, (__, k) => (bits >> k) & 1),
  );
  const across = lines.map((line) => line.flatMap((bit) => line.map(() => bit)));
  const down = lines.map((line) => line.flatMap(() => line));
  const patterns = new Map([...across, ...down].map((pattern) => [pattern.join(''), pattern]));
  return [...patterns.values()];
}
