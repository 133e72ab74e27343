import type { RandomKey } from '@deepbelief/random';

/** A key's words in the kernels' order: site, step (low, high), seed. */
export function keyWords(
  key: RandomKey | undefined,
  draw = 0,
): [number, number, number, number, number] {
  if (key === undefined) return [0, 0, 0, 0, 0];
  const { site, step, seed } = key;
  return [site + draw * 0x10000, step >>> 0, Math.floor(step / 2 ** 32), seed[0], seed[1]];
}
