import { standardize, type View } from '@deepbelief/data';
import { foldKey, randomWords } from '@deepbelief/random';
import { tensor2d } from '@tensorflow/tfjs-core';
import { CHANNELS, type FacePreparation } from './face-preparation.ts';

/** How random views of a face differ. */
export interface Jitter {
  /** Whether every other view is mirrored. */
  readonly reflections: boolean;
  /** The most pixels that the window moves, in each direction. */
  readonly shift: number;
}

/**
 * Makes views of faces that are stored with a border: random ones with a key, the middle one
 * without. The window moves by whole pixels, so each
 * view is the exact area average of another window of the picture.
 *
 * @param stored side of the stored images: `preparation.size` plus equal borders on both sides
 */
export function faceView(
  { size, contrast, standardization }: Omit<FacePreparation, 'window'>,
  stored: number,
  { reflections, shift }: Jitter,
): View {
  const border = (stored - size) / 2;
  return (values, key) => {
    const rows = values.length / (stored * stored * CHANNELS);
    const words = key && randomWords(foldKey(key, 'faces'), rows);
    const views = new Float32Array(rows * size * size * CHANNELS);
    for (let row = 0; row < rows; row++) {
      const word = words?.[row];
      const [dx, dy] = [0, 12].map(
        (bit) => border + (word === undefined ? 0 : move(word >>> bit, shift)),
      ) as [number, number];
      const mirrored = word !== undefined && reflections && word >>> 31 === 1;
      const view = views.subarray(row * size * size * CHANNELS, (row + 1) * size * size * CHANNELS);
      crop(values.subarray(row * stored * stored * CHANNELS), stored, view, size, dx, dy, mirrored);
      if (contrast) normalize(view);
    }
    const inputs = tensor2d(views, [rows, size * size * CHANNELS]);
    const result = standardize(inputs, standardization);
    inputs.dispose();
    return result;
  };
}

/** A whole number from −shift to shift from twelve random bits. */
function move(bits: number, shift: number): number {
  return Math.floor(((bits & 0xfff) * (2 * shift + 1)) / 0x1000) - shift;
}

function crop(
  image: Float32Array,
  stored: number,
  view: Float32Array,
  size: number,
  dx: number,
  dy: number,
  mirrored: boolean,
): void {
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = ((y + dy) * stored + (mirrored ? size - 1 - x : x) + dx) * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel++) view[to++] = image[from + channel]!;
    }
  }
}

/** Brings pictures to mean 0 and standard deviation 1, uniform ones to zeros. */
function normalize(view: Float32Array): void {
  let mean = 0;
  for (const value of view) mean += value / view.length;
  let variance = 0;
  for (const value of view) variance += (value - mean) ** 2 / view.length;
  const scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  for (let i = 0; i < view.length; i++) view[i] = (view[i]! - mean) * scale;
}
