/**
 * Resamples an image to any size, smaller or larger, by exact area averages: the image is taken as constant on each of
 * its pixels, and an output pixel is the mean over the rectangle that it covers,
 *
 *   out[y, x, c] = Σᵢⱼ |[y·h/H, (y+1)·h/H] ∩ [i, i+1]| · |[x·w/W, (x+1)·w/W] ∩ [j, j+1]| · in[i, j, c] / (h/H · w/W).
 *
 * So the mean of every channel is kept. Where a size is a whole multiple of the new one, this is the mean of blocks.
 *
 * @param image values [height, width, channels] in C order
 * @param shape [height, width, channels] of the image
 * @param size [H, W] of the result
 * @returns values [H, W, channels], in the units of the image
 * @throws RangeError when the sizes are not whole numbers of 1 or more, or the image has another number of values
 */
export function areaResample(
  image: Float32Array | Uint8Array,
  shape: readonly [height: number, width: number, channels: number],
  size: readonly [height: number, width: number],
): Float32Array {
  const [height, width, channels] = shape;
  const [newHeight, newWidth] = size;
  if (![...shape, ...size].every((length) => Number.isSafeInteger(length) && length >= 1)) {
    throw new RangeError(
      `areaResample: shape is [${shape.join(', ')}] and size [${size.join(', ')}], expected whole numbers of 1 or more`,
    );
  }
  if (image.length !== height * width * channels) {
    throw new RangeError(
      `areaResample: image has ${image.length} values, expected ${height * width * channels} ` +
        `for shape [${shape.join(', ')}]`,
    );
  }

  const columns = overlaps(width, newWidth);
  const rows = overlaps(height, newHeight);
  const area = height * width;
  // One image row, squeezed to the new width; doubles, so that the sums of integers are exact.
  const squeezed = new Float64Array(newWidth * channels);
  const sums = new Float64Array(newHeight * newWidth * channels);
  let next = 0;
  for (let i = 0; i < height; i++) {
    squeezeRow(image, i * width * channels, channels, columns, squeezed);
    for (; next < rows.input.length && rows.input[next] === i; next++) {
      const weight = rows.weight[next]!;
      const at = rows.output[next]! * squeezed.length;
      for (let k = 0; k < squeezed.length; k++) sums[at + k]! += weight * squeezed[k]!;
    }
  }
  return Float32Array.from(sums, (sum) => sum / area);
}

/** The overlaps of input and output pixels along one axis, ordered by input pixel. */
interface Overlaps {
  readonly input: Int32Array;
  readonly output: Int32Array;
  /** Length of the overlap in units in which an output pixel is `length` long and an input pixel `newLength`: whole. */
  readonly weight: Float64Array;
}

function overlaps(length: number, newLength: number): Overlaps {
  const input: number[] = [];
  const output: number[] = [];
  const weight: number[] = [];
  for (let i = 0, o = 0, start = 0; i < length && o < newLength;) {
    const inputEnd = (i + 1) * newLength;
    const outputEnd = (o + 1) * length;
    const end = Math.min(inputEnd, outputEnd);
    input.push(i);
    output.push(o);
    weight.push(end - start);
    start = end;
    if (inputEnd === end) i++;
    if (outputEnd === end) o++;
  }
  return { input: Int32Array.from(input), output: Int32Array.from(output), weight: Float64Array.from(weight) };
}

function squeezeRow(
  image: Float32Array | Uint8Array,
  start: number,
  channels: number,
  { input, output, weight }: Overlaps,
  squeezed: Float64Array,
): void {
  squeezed.fill(0);
  for (let k = 0; k < input.length; k++) {
    const from = start + input[k]! * channels;
    const to = output[k]! * channels;
    const share = weight[k]!;
    for (let c = 0; c < channels; c++) squeezed[to + c]! += share * image[from + c]!;
  }
}
