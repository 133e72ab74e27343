import { areaResampler, type AreaResampler } from '@deepbelief/data';
import type { DecodedImage } from './decode-image.ts';
import type { CheckedImageOptions } from './image-options.ts';

/**
 * Returns a function that turns decoded pictures into values from 0 to 255, [height, width] or
 * [height, width, 3]: the window in a picture's middle, resampled by exact area averages.
 */
export function imagePreparer({
  size,
  color,
  window,
}: CheckedImageOptions): (image: DecodedImage) => Float32Array<ArrayBuffer> {
  const resamplers = new Map<string, AreaResampler>();
  const [height, width] = size;
  return (image) => {
    const { channels } = image;
    // The largest window with the shape of the result, and the share of it that is kept.
    const scale = window * Math.min(image.height / height, image.width / width);
    const rows = Math.min(image.height, Math.max(1, Math.round(scale * height)));
    const columns = Math.min(image.width, Math.max(1, Math.round(scale * width)));
    const key = `${rows} ${columns} ${channels}`;
    const resample = resamplers.get(key) ?? areaResampler([rows, columns, channels], size);
    // Pictures of the same size share weights; keeping a few sizes is enough.
    if (resamplers.size < 8) resamplers.set(key, resample);
    const values = resample(middle(image, rows, columns));
    if (color) return channels === 3 ? values : threeTimes(values);
    return channels === 3 ? grayOf(values) : values;
  };
}

function middle(image: DecodedImage, rows: number, columns: number): Uint8Array {
  const { pixels, width, height, channels } = image;
  if (rows === height && columns === width) return pixels;
  const left = Math.floor((width - columns) / 2);
  const top = Math.floor((height - rows) / 2);
  const length = columns * channels;
  const result = new Uint8Array(rows * length);
  for (let y = 0; y < rows; y++) {
    const from = ((top + y) * width + left) * channels;
    result.set(pixels.subarray(from, from + length), y * length);
  }
  return result;
}

/** Luma of RGB values, Rec. ITU-R BT.601, which is also what JPEG calls Y. */
function grayOf(rgb: Float32Array): Float32Array<ArrayBuffer> {
  const gray = new Float32Array(rgb.length / 3);
  for (let i = 0, k = 0; i < gray.length; i++, k += 3)
    gray[i] = 0.299 * rgb[k]! + 0.587 * rgb[k + 1]! + 0.114 * rgb[k + 2]!;
  return gray;
}

function threeTimes(gray: Float32Array): Float32Array<ArrayBuffer> {
  const rgb = new Float32Array(3 * gray.length);
  for (let i = 0; i < rgb.length; i++) rgb[i] = gray[Math.floor(i / 3)]!;
  return rgb;
}
