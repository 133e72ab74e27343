import {
  argumentError,
  checkList,
  checkOptions,
  finiteNumber,
  flag,
  type OptionRule,
  type Bytes,
} from '@deepbelief/checks';
import { channelsApart } from './channels-apart.ts';
import { crossImage, imageRanges, paintImages } from './paint-images.ts';
import { DIVERGING, GRAY, opaque, type Palette, type Rgb } from './palette.ts';
import { sheetSize, type SheetLayout } from './sheet-layout.ts';

/** A picture: RGBA bytes, row after row from the top left. */
export interface PixelSheet {
  readonly width: number;
  readonly height: number;
  /**
   * [height · width · 4]; alpha is 255 in images and 0 between them, so that the page shows
   * through.
   */
  readonly data: Bytes;
}

/** How to lay images out and color them. */
export interface PixelSheetOptions {
  /** Images per row. By default, the sheet is as close to a square as possible. */
  readonly columns?: number;
  /** Pixels between images. Default 1. */
  readonly gap?: number;
  /**
   * The values of the lowest and the highest color; values beyond are clipped. `each` and `all`
   * take them from each image or from all images together. Default [0, 1]; for diverging colors
   * `all`.
   */
  readonly range?: readonly [number, number] | 'each' | 'all';
  /**
   * With `each` or `all`: whether the range is ± the largest magnitude, so that zero is in its
   * middle. Default true for diverging colors.
   */
  readonly symmetric?: boolean;
  /**
   * `gray` runs from black to white, `diverging` from blue through white to red; or a palette.
   * Color images are shown as they are and allow only `gray`. Default `gray`.
   */
  readonly colors?: 'gray' | 'diverging' | Palette;
  /** Numbers of the images to cross out. Default none. */
  readonly crossed?: readonly number[];
  /** The color of the crosses. Default a middle gray. */
  readonly crossColor?: Rgb;
}

/**
 * Tiles images into one picture, row by row.
 *
 * @param values image after image, each of `shape`
 * @param shape [height, width] or [height, width, channels] of one image. Three channels are red,
 *   green and blue; two, or more than three, are shown in gray, side by side
 * @throws RangeError if the values are not a whole number of images, one is not finite, or an
 *   option is out of range
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
    colors: colorsRule,
    crossed: crossedRule,
    crossColor: rgbRule,
  });
  const extents = imageExtents(shape);
  checkList('pixelSheet', 'values', values, {});
  const size = extents[0] * extents[1] * extents[2];
  const count = values.length / size;
  if (!Number.isInteger(count) || count < 1) {
    throw argumentError(
      `pixelSheet: there are ${values.length} values, expected a multiple of ${size}: ` +
        `one or more images of shape [${shape.join(', ')}]`,
    );
  }
  const images = channelsApart(values, extents);
  const { height, width, channels } = images.shape;
  const { columns = Math.ceil(Math.sqrt(count)), gap = 1, colors = 'gray' } = options;
  const isDiverging = colors === 'diverging';
  const { range = isDiverging ? 'all' : [0, 1], symmetric = isDiverging } = options;
  if (colors !== 'gray' && channels !== 1) {
    throw argumentError(
      `pixelSheet: colors is ${isDiverging ? 'diverging' : 'a palette'} for ${channels} ` +
        'channels, expected gray: color images have no palette',
    );
  }
  const layout: SheetLayout = { count, width, height, columns, gap };
  const outside = options.crossed?.find((image) => image >= count);
  if (outside !== undefined) {
    throw argumentError(
      `pixelSheet: crossed holds ${outside}, expected numbers of images, 0 to ${count - 1}`,
    );
  }
  const whole = sheetSize(layout);
  const pixels = new Uint32Array(whole.width * whole.height);
  const palette = isDiverging ? DIVERGING : colors === 'gray' ? GRAY : colors;
  paintImages(pixels, images.values, layout, {
    ranges: imageRanges(images.values, count, range, symmetric),
    palette: channels === 1 ? palette : undefined,
  });
  const color = opaque(options.crossColor ?? MIDDLE_GRAY);
  for (const image of options.crossed ?? []) crossImage(pixels, layout, image, color);
  return { ...whole, data: new Uint8Array(pixels.buffer) };
}

const MIDDLE_GRAY: Rgb = [128, 128, 128];

const rangeRule: OptionRule = {
  expected: "[lowest, highest], 'each' or 'all'",
  accepts: (value) =>
    value === 'each' || value === 'all' || (Array.isArray(value) && isRange(value)),
  optional: true,
};

const colorsRule: OptionRule = {
  expected: "'gray', 'diverging' or a palette, a Uint32Array of one or more colors",
  accepts: (value) =>
    value === 'gray' || value === 'diverging' || (value instanceof Uint32Array && value.length > 0),
  optional: true,
};

const crossedRule: OptionRule = {
  expected: 'numbers of images, from 0',
  accepts: (value) =>
    Array.isArray(value) && value.every((image) => Number.isInteger(image) && image >= 0),
  optional: true,
};

const rgbRule: OptionRule = {
  expected: '[red, green, blue], each 0 to 255',
  accepts: (value) =>
    Array.isArray(value) && value.length === 3 && value.every((part) => part >= 0 && part <= 255),
  optional: true,
};

function isRange(value: readonly unknown[]): boolean {
  const [low, high] = value;
  return value.length === 2 && typeof low === 'number' && typeof high === 'number' && low <= high;
}

/** [height, width, channels] of one image. */
function imageExtents(shape: readonly number[]): [height: number, width: number, channels: number] {
  const [height = 0, width = 0, channels = 1] = shape;
  const isWhole = shape.every((length) => Number.isInteger(length) && length > 0);
  if (isWhole && (shape.length === 2 || shape.length === 3)) return [height, width, channels];
  throw argumentError(
    `pixelSheet: shape is [${shape.join(', ')}], expected [height, width] or ` +
      '[height, width, channels], whole numbers from 1',
  );
}
