import {
  argumentError,
  anything,
  checkOptions,
  flag,
  type OptionRule,
  type Floats,
} from '@deepbelief/checks';
import { areaResampler, type AreaResampler } from '@deepbelief/data';
import { readRegularFile } from '@deepbelief/data/node';
import { alignedWindow } from './aligned-window.ts';
import { decodePicture, type Picture } from './decode-picture.ts';
import { checkEyes, type Eyes } from './eye-positions.ts';
import { unreadable } from './lfw-error.ts';
import { checkLimits, type ReadLimits } from './read-limits.ts';

/** How a picture becomes a face. */
export interface FaceOptions {
  /** Height and width of the result; one number for a square. Default 32. */
  readonly size?: number | readonly [height: number, width: number];
  /**
   * Whether to keep colors (3 channels); otherwise gray is 0.299 R + 0.587 G + 0.114 B. Default
   * true.
   */
  readonly color?: boolean;
  /**
   * Side of the kept window in the middle of the picture, as a share of the picture's shorter side.
   * Default 144 / 250: the 144×144 pixels of Nair and Hinton (2010), section 5.2, in the data set's
   * 250×250.
   */
  readonly window?: number;
  /** Limits on what is read; larger pictures and archives are refused. */
  readonly limits?: ReadLimits;
}

/** `FaceOptions` checked, with defaults. */
export interface CheckedFaceOptions {
  readonly size: readonly [height: number, width: number];
  readonly color: boolean;
  readonly window: number;
  readonly limits: Required<ReadLimits>;
}

/**
 * Names and types of `FaceOptions`; `checkFaceOptions` checks the values that may be anything here.
 */
export const faceOptionRules: Readonly<Record<string, OptionRule>> = {
  size: anything,
  color: flag,
  window: anything,
  limits: anything,
};

/** Checks options and fills in defaults. */
export function checkFaceOptions(options: FaceOptions, where: string): CheckedFaceOptions {
  const { size = 32, color = true, window = 144 / 250, limits = {} } = options;
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  if (
    ![height, width].every(
      (length) => Number.isSafeInteger(length) && length >= 1 && length <= 1024,
    )
  ) {
    throw argumentError(`lfw: size is ${height}×${width}, expected whole numbers from 1 to 1024`);
  }
  if (!(window > 0 && window <= 1)) {
    throw argumentError(
      `lfw: window is ${window}, expected a share of the picture, more than 0 and at most 1`,
    );
  }
  return { size: [height, width], color, window, limits: checkLimits(limits, where) };
}

/**
 * Prepares a face from a picture file as `loadLfw` does: the window in its middle, or with its eyes
 * in the fixed place, resampled by exact area averages. Use it to compare your own pictures.
 *
 * @param picture path of the picture, or its bytes
 * @param options as for `loadLfw`; `eyes` says where they are in the picture
 * @returns values [height, width, channels], 0 to 1
 * @throws LfwError that names the picture if it cannot be read or used, see `decodePicture`;
 *   RangeError for an option that is unknown or out of range
 */
export async function readFace(
  picture: string | Uint8Array,
  options: FaceOptions & { readonly eyes?: Eyes } = {},
): Promise<Floats> {
  checkOptions('readFace', options, { ...faceOptionRules, eyes: anything });
  const face = checkFaceOptions(options, 'readFace');
  const where = typeof picture === 'string' ? picture : 'the picture';
  let bytes: Uint8Array;
  try {
    bytes =
      typeof picture === 'string'
        ? await readRegularFile(picture, { limit: face.limits.pictureBytes })
        : picture;
  } catch (cause) {
    throw unreadable(where, cause, 'a picture', 'check the path');
  }
  const values = await facePreparer(face)(bytes, where, options.eyes);
  return values.map((value) => value / 255);
}

/** Makes faces from pictures, 0 to 255; `where` is for messages. */
export type FacePreparer = (bytes: Uint8Array, where: string, eyes?: Eyes) => Promise<Floats>;

/** Returns a function that prepares any number of faces; see `readFace`. */
export function facePreparer({ size, color, window, limits }: CheckedFaceOptions): FacePreparer {
  const resamplers = new Map<string, AreaResampler>();
  return async (bytes, where, eyes) => {
    const picture = await decodePicture(bytes, where, color, limits.picturePixels);
    const { channels } = picture;
    const values = eyes
      ? alignedWindow(picture, checkEyes(eyes, where), size)
      : centerWindow(picture);
    return color || channels === 1 ? values : grayOf(values);
  };

  function centerWindow({ pixels, width, height, channels }: Picture): Floats {
    const side = Math.max(1, Math.round(window * Math.min(width, height)));
    const left = Math.floor((width - side) / 2);
    const top = Math.floor((height - side) / 2);
    const row = side * channels;
    const square = new Uint8Array(side * row);
    for (let y = 0; y < side; y++) {
      const from = ((top + y) * width + left) * channels;
      square.set(pixels.subarray(from, from + row), y * row);
    }
    const key = `${side} ${channels}`;
    const resample = resamplers.get(key) ?? areaResampler([side, side, channels], size);
    // Pictures of the same size share weights; keeping a few sizes is enough.
    if (resamplers.size < 8) resamplers.set(key, resample);
    return resample(square);
  }
}

/** Luma of RGB values, Rec. ITU-R BT.601, which is also what JPEG calls Y. */
function grayOf(rgb: Float32Array): Floats {
  const gray = new Float32Array(rgb.length / 3);
  for (let i = 0, k = 0; i < gray.length; i++, k += 3) {
    gray[i] = 0.299 * rgb[k]! + 0.587 * rgb[k + 1]! + 0.114 * rgb[k + 2]!;
  }
  return gray;
}
