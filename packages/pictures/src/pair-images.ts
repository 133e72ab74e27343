/** Arrays of numbers that images can be in. */
export type ImageValues = Float32Array | Uint8Array | Int32Array;

/**
 * Joins images in pairs, each of the second list below its own of the first. A pair is an image of
 * twice the height.
 *
 * @param first image after image, row by row
 * @param second the same number of images
 * @param size values of one image
 */
export function pairImages(
  first: ImageValues,
  second: ImageValues,
  size: number,
): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * first.length);
  for (let at = 0; at < first.length; at += size) {
    // Images are stored row by row, so that one after the other is one below the other.
    pairs.set(first.subarray(at, at + size), 2 * at);
    pairs.set(second.subarray(at, at + size), 2 * at + size);
  }
  return pairs;
}
