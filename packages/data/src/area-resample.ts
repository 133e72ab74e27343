import { argumentError, checkOptions, oneOf, type Floats } from '@deepbelief/checks';

/**
 * How the values of an image with several channels are laid out: interleaved, [h, w, c], or one
 * whole channel after another, [c, h, w].
 */
export type ChannelLayout = 'interleaved' | 'planar';

/** Options of `areaResampler`. */
export interface AreaResamplerOptions {
  /** Layout of the images; default `interleaved`. */
  readonly input?: ChannelLayout;
  /** Layout of the results; default: the images' layout. */
  readonly output?: ChannelLayout;
}

/**
 * Resamples one image.
 *
 * @param image its values, as many as the shape implies
 * @param result the array to fill; default a new one
 * @returns the result
 * @throws RangeError if the image or `result` has another number of values
 */
export type AreaResampler = (
  image: Float32Array | Uint8Array | Uint8ClampedArray,
  result?: Floats,
) => Floats;

/**
 * Resamples images of one shape to any size, smaller or larger, by exact area averages. The image
 * is treated as constant on each of its pixels, and an output pixel is the mean over the rectangle
 * that it covers:
 *
 *   out[y, x, c] = Σᵢⱼ |[y·h/H, (y+1)·h/H] ∩ [i, i+1]| · |[x·w/W, (x+1)·w/W] ∩ [j, j+1]| · in[i, j,
 *   c] / (h/H · w/W).
 *
 * This keeps the mean of every channel. If a size is a whole multiple of the new one, it is the
 * mean of blocks. The sum is separable and computed in doubles with whole-number weights. For bytes
 * it is exact, except for one division and the rounding to float32.
 *
 * @param shape [height, width, channels] of the images
 * @param size [H, W] of the results; channels and units stay those of the images
 * @returns a function for any number of images, one after another; its weights and buffers are made
 *   once
 * @throws RangeError unless the sizes are whole numbers of 1 or more
 */
export function areaResampler(
  shape: readonly [height: number, width: number, channels: number],
  size: readonly [height: number, width: number],
  options: AreaResamplerOptions = {},
): AreaResampler {
  const layout = oneOf(['interleaved', 'planar']);
  checkOptions('areaResampler', options, { input: layout, output: layout });
  const { input = 'interleaved', output = input } = options;
  const [height, width, channels] = shape;
  const [newHeight, newWidth] = size;
  if (
    shape.length !== 3 ||
    size.length !== 2 ||
    ![...shape, ...size].every((length) => Number.isSafeInteger(length) && length >= 1)
  ) {
    throw argumentError(
      `areaResample: shape is [${shape.join(', ')}] and size [${size.join(', ')}], expected ` +
        'three and two whole numbers of 1 or more',
    );
  }
  const columns = windows(width, newWidth);
  const rows = windows(height, newHeight);
  const values = height * width * channels;
  const newValues = newHeight * newWidth * channels;
  const squeezed = new Float64Array(height * newWidth);
  const sums = new Float64Array(newWidth);
  const from = strides(input, height * width, channels);
  const to = strides(output, newHeight * newWidth, channels);

  return (image, result = new Float32Array(newValues)) => {
    checkLength('image', image.length, values, shape);
    checkLength('result', result.length, newValues, [...size, channels]);
    for (let c = 0; c < channels; c++) {
      squeezeRows(image, c * from.channel, from.pixel, width, columns, squeezed);
      for (let y = 0; y < newHeight; y++) {
        sumRows(squeezed, rows, y, sums);
        let at = c * to.channel + y * newWidth * to.pixel;
        for (let x = 0; x < newWidth; x++, at += to.pixel) result[at] = sums[x]! / (height * width);
      }
    }
    return result;
  };
}

/**
 * Resamples one image by exact area averages: `areaResampler(shape, size)(image)`. For many images
 * of one shape, make one resampler.
 *
 * @param image values [height, width, channels] in C order
 * @param shape [height, width, channels] of the image
 * @param size [H, W] of the result
 * @returns values [H, W, channels], in the units of the image
 * @throws RangeError unless the sizes are whole numbers of 1 or more and the image has the right
 *   number of values
 */
export function areaResample(
  image: Float32Array | Uint8Array | Uint8ClampedArray,
  shape: readonly [height: number, width: number, channels: number],
  size: readonly [height: number, width: number],
): Floats {
  return areaResampler(shape, size)(image);
}

/**
 * What each output pixel covers along one axis, in units in which it is `length` long and an input
 * pixel is `newLength` long.
 */
interface Windows {
  /** First and last input pixel that it overlaps. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /**
   * Lengths of its overlaps with these two, as whole numbers; `lastWeight` is 0 if they are the
   * same pixel.
   */
  readonly firstWeight: Float64Array;
  readonly lastWeight: Float64Array;
  /** Length of its overlap with each pixel in between. */
  readonly weight: number;
}

function windows(length: number, newLength: number): Windows {
  const begin = Array.from({ length: newLength }, (_, o) => o * length);
  const first = Int32Array.from(begin, (start) => Math.floor(start / newLength));
  const last = Int32Array.from(begin, (start) => Math.floor((start + length - 1) / newLength));
  return {
    first,
    last,
    firstWeight: Float64Array.from(begin, (start, o) =>
      Math.min((first[o]! + 1) * newLength - start, length),
    ),
    lastWeight: Float64Array.from(begin, (start, o) =>
      first[o] === last[o] ? 0 : start + length - last[o]! * newLength,
    ),
    weight: newLength,
  };
}

function strides(
  layout: ChannelLayout,
  pixels: number,
  channels: number,
): { pixel: number; channel: number } {
  return layout === 'interleaved' ? { pixel: channels, channel: 1 } : { pixel: 1, channel: pixels };
}

function checkLength(
  what: string,
  found: number,
  expected: number,
  shape: readonly number[],
): void {
  if (found === expected) return;
  throw argumentError(
    `areaResample: ${what} has ${found} values, expected ${expected} for shape ` +
      `[${shape.join(', ')}]`,
  );
}

/**
 * Resamples every row of one channel to the new width: `squeezed[i, x]` is the weighted sum over
 * window x of row i.
 */
function squeezeRows(
  image: Float32Array | Uint8Array | Uint8ClampedArray,
  start: number,
  stride: number,
  width: number,
  { first, last, firstWeight, lastWeight, weight }: Windows,
  squeezed: Float64Array,
): void {
  const newWidth = first.length;
  for (let at = 0, row = start; at < squeezed.length; at += newWidth, row += width * stride) {
    for (let x = 0; x < newWidth; x++) {
      const end = row + last[x]! * stride;
      let from = row + first[x]! * stride;
      let sum = firstWeight[x]! * image[from]! + lastWeight[x]! * image[end]!;
      for (from += stride; from < end; from += stride) sum += weight * image[from]!;
      squeezed[at + x] = sum;
    }
  }
}

/** Computes row y of the result: the weighted sum of the squeezed rows over window y. */
function sumRows(squeezed: Float64Array, rows: Windows, y: number, sums: Float64Array): void {
  const newWidth = sums.length;
  const end = rows.last[y]! * newWidth;
  let from = rows.first[y]! * newWidth;
  const firstWeight = rows.firstWeight[y]!;
  const lastWeight = rows.lastWeight[y]!;
  for (let x = 0; x < newWidth; x++)
    sums[x] = firstWeight * squeezed[from + x]! + lastWeight * squeezed[end + x]!;
  for (from += newWidth; from < end; from += newWidth) {
    for (let x = 0; x < newWidth; x++) sums[x]! += rows.weight * squeezed[from + x]!;
  }
}
