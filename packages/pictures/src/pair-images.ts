import type { Floats } from '@deepbelief/checks';

/** Arrays of numbers that can hold images. */
export type ImageValues = Float32Array | Uint8Array | Int32Array;

/**
 * Joins images in pairs, each image of the second list below the matching one of the first. A pair
 * is an image of twice the height.
 *
 * @param first image after image, row by row
 * @param second the same number of images
 * @param size values per image
 */
export function pairImages(first: ImageValues, second: ImageValues, size: number): Floats {
  const pairs = new Float32Array(2 * first.length);
  for (let at = 0; at < first.length; at += size) {
    // Images are stored row by row, so images that follow each other lie below each other.
    pairs.set(first.subarray(at, at + size), 2 * at);
    pairs.set(second.subarray(at, at + size), 2 * at + size);
  }
  return pairs;
}
