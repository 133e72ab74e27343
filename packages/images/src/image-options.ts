import { anything, argumentError, flag, shown, type OptionRule } from '@deepbelief/checks';

/** How a picture becomes values. */
export interface ImageOptions {
  /** Height and width of the result; one number for a square. Default 32. */
  readonly size?: number | readonly [height: number, width: number];
  /** Whether to keep red, green and blue. Default false: gray, 0.299 R + 0.587 G + 0.114 B. */
  readonly color?: boolean;
  /**
   * How much of a picture is kept: the sides of the window in its middle, as a share of the largest
   * window with the shape of the result. Default 1.
   */
  readonly window?: number;
}

/** `ImageOptions` checked, with defaults. */
export interface CheckedImageOptions {
  readonly size: readonly [height: number, width: number];
  readonly color: boolean;
  readonly window: number;
}

/** Names and types of `ImageOptions`; `checkImageOptions` checks what may be anything here. */
export const imageOptionRules: Readonly<Record<string, OptionRule>> = {
  size: anything,
  color: flag,
  window: anything,
};

/** Checks options and fills in defaults. Throws a RangeError. */
export function checkImageOptions(where: string, options: ImageOptions): CheckedImageOptions {
  const { size = 32, color = false, window = 1 } = options;
  const [height, width, ...more] = typeof size === 'number' ? [size, size] : size;
  const isLength = (length: number): boolean =>
    Number.isSafeInteger(length) && length >= 1 && length <= 1024;
  if (!isLength(height) || !isLength(width) || more.length > 0) {
    throw argumentError(
      `${where}: size is ${shown(size)}, expected a whole number from 1 to 1024, or a height and ` +
        'a width',
    );
  }
  if (!(window > 0 && window <= 1))
    throw argumentError(`${where}: window is ${shown(window)}, expected more than 0 and at most 1`);
  return { size: [height, width], color, window };
}
