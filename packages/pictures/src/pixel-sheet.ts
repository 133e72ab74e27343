import {
  checkList,
  checkOptions,
  finiteNumber,
  flag,
  oneOf,
  type OptionRule,
} from '@deepbelief/checks';
import { divergingColor, type Rgb } from './diverging-color.ts';

/** A picture: RGBA bytes, row after row from the top left. */
export interface PixelSheet {
  readonly width: number;
  readonly height: number;
  /**
   * [height · width · 4]; alpha is 0 between images, so that the page shows through, and 255 in
   * them.
   */
  readonly data: Uint8Array;
}

/** How to lay images out and color them. */
export interface PixelSheetOptions {
  /** Images a row. Default as near to a square sheet as can be. */
  readonly columns?: number;
  /** Pixels between images. Default 1. */
  readonly gap?: number;
  /**
   * Which values are the darkest and the lightest; those beyond are clipped. `each` and `all` take
   * them from each image or from all images together. Default [0, 1], `all` for diverging colors.
   */
  readonly range?: readonly [number, number] | 'each' | 'all';
  /**
   * With `each` or `all`: the range is ± the largest magnitude, so that zero is in its middle.
   * Default for diverging colors.
   */
  readonly symmetric?: boolean;
  /**
   * `gray` runs from black to white (and leaves color images as they are), `diverging` from blue
   * over white to red.
   */
  readonly colors?: 'gray' | 'diverging';
}

/**
 * Tiles images into one picture, row by row.
 *
 * @param values image after image, each of `shape`
 * @param shape [height, width] or [height, width, channels] of one image, with 1 or 3 channels
 * @throws RangeError when the values are no whole number of images, one is not finite, or an option
 *   is out of range
 */
export function pixelSheet(
  values: ArrayLike<number>,
  shape: readonly number[],
  options: PixelSheetOptions = {},
): PixelSheet {
  checkOptions('pixelSheet', options, {
    columns: finiteNumber({ low: 1, whole: true }),
    gap: finiteNumber({ low: 0, whole: true }),
    range: rangeRule,
    symmetric: flag,
    colors: oneOf(['gray', 'diverging']),
  });
  const { height, width, channels } = imageShape(shape);
  checkList('pixelSheet', 'values', values, {});
  const size = height * width * channels;
  const count = values.length / size;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `pixelSheet: there are ${values.length} values, expected a multiple of ${size}, one or more images of shape ` +
        `[${shape.join(', ')}]`,
    );
  }
  const { columns = Math.ceil(Math.sqrt(count)), gap = 1, colors = 'gray' } = options;
  const { range = colors === 'gray' ? [0, 1] : 'all', symmetric = colors === 'diverging' } =
    options;
  if (colors === 'diverging' && channels !== 1) {
    throw new RangeError(
      `pixelSheet: colors is diverging for ${channels} channels, expected gray: it is for 1 channel`,
    );
  }
  const across = Math.min(columns, count);
  const sheetWidth = across * (width + gap) - gap;
  const sheetHeight = Math.ceil(count / across) * (height + gap) - gap;
  const data: Uint8Array = new Uint8Array(sheetWidth * sheetHeight * 4);
  const extent = (first: number, end: number): Range => rangeOf(values, first, end, symmetric);
  const shared = range === 'all' ? extent(0, values.length) : range;

  for (let image = 0; image < count; image++) {
    const start = image * size;
    const [low, high] = shared === 'each' ? extent(start, start + size) : shared;
    const shade = (at: number): number => unit(values[at]!, low, high);
    const left = (image % across) * (width + gap);
    const top = Math.floor(image / across) * (height + gap);
    for (let pixel = 0; pixel < height * width; pixel++) {
      const at = start + pixel * channels;
      const color: Rgb =
        colors === 'diverging'
          ? divergingColor(2 * shade(at) - 1)
          : channels === 3
            ? [byte(shade(at)), byte(shade(at + 1)), byte(shade(at + 2))]
            : gray(shade(at));
      const x = left + (pixel % width);
      const y = top + Math.floor(pixel / width);
      data.set([...color, 255], (y * sheetWidth + x) * 4);
    }
  }
  return { width: sheetWidth, height: sheetHeight, data };
}

type Range = readonly [number, number];

const rangeRule: OptionRule = {
  expected: "[lowest, highest], 'each' or 'all'",
  accepts: (value) =>
    value === 'each' || value === 'all' || (Array.isArray(value) && isRange(value)),
  optional: true,
};

function isRange(value: readonly unknown[]): boolean {
  const [low, high] = value;
  return value.length === 2 && typeof low === 'number' && typeof high === 'number' && low <= high;
}

/** [height, width, channels] of one image. */
function imageShape(shape: readonly number[]): { height: number; width: number; channels: number } {
  const [height = 0, width = 0, channels = 1] = shape;
  const isWhole = shape.every((length) => Number.isInteger(length) && length > 0);
  if (isWhole && (shape.length === 2 || shape.length === 3) && (channels === 1 || channels === 3)) {
    return { height, width, channels };
  }
  throw new RangeError(
    `pixelSheet: shape is [${shape.join(', ')}], expected [height, width] or [height, width, channels] with 1 or 3 channels`,
  );
}

function rangeOf(values: ArrayLike<number>, first: number, end: number, symmetric: boolean): Range {
  let low = Infinity;
  let high = -Infinity;
  for (let i = first; i < end; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const magnitude = Math.max(-low, high);
  return symmetric ? [-magnitude, magnitude] : [low, high];
}

/** Where a value is in its range, 0 to 1; the middle when the range is empty. */
function unit(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
}

function byte(shade: number): number {
  return Math.round(shade * 255);
}

function gray(shade: number): Rgb {
  return [byte(shade), byte(shade), byte(shade)];
}
