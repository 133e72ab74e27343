import sharp from 'sharp';
import { LfwError, reasonOf } from './lfw-error.ts';

/**
 * A decoded picture: bytes [height, width, channels], channels 3 (red, green, blue) or 1 (gray).
 */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/**
 * Decodes a picture (JPEG, PNG or anything else that sharp reads) and turns it by its EXIF
 * orientation.
 *
 * @param where its name, for messages
 * @param color whether it must have color; a gray picture has 1 channel and is then refused
 * @param largest the most pixels it may have
 * @throws LfwError if it is truncated, damaged, not a picture, too large, gray although color is
 *   required, or neither 8-bit RGB nor 8-bit gray (16 bits, CMYK, transparent)
 */
export async function decodePicture(
  bytes: Uint8Array,
  where: string,
  color: boolean,
  largest: number,
): Promise<Picture> {
  const options = { limitInputPixels: largest, failOn: 'warning' } as const;
  let channels: number;
  let info;
  let data: Uint8Array;
  try {
    // This reads only the header, so that errors can report the size of pictures too large to
    // decode.
    const metadata = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
    const { width, height, space, depth } = metadata;
    channels = metadata.channels;
    if (width * height > largest) {
      const remedy = 'make it smaller, or raise limits.picturePixels';
      throw new LfwError(where, `it has ${width}×${height} pixels`, `at most ${largest}`, remedy);
    }
    const known =
      depth === 'uchar' &&
      ((space === 'srgb' && channels === 3) || (space === 'b-w' && channels === 1));
    if (!known) {
      const kind = `it is ${space} with ${channels} channels of type ${depth}`;
      throw new LfwError(
        where,
        kind,
        'RGB or gray with 8 bits',
        'convert it to RGB without transparency',
      );
    }
    if (color && channels === 1) {
      throw new LfwError(
        where,
        'it is gray',
        'a color picture',
        'convert it to RGB, or prepare all in gray (color: false)',
      );
    }
    const upright = sharp(bytes, options).autoOrient();
    // By default, sharp gives a gray picture three equal channels.
    if (channels === 1) upright.toColorspace('b-w');
    ({ data, info } = await upright.raw().toBuffer({ resolveWithObject: true }));
  } catch (cause) {
    if (cause instanceof LfwError) throw cause;
    const remedy = 'it is damaged or not a picture: download it again';
    throw new LfwError(
      where,
      `it cannot be decoded (${reasonOf(cause)})`,
      'a complete picture',
      remedy,
      { cause },
    );
  }
  const { width, height } = info;
  if (data.length !== width * height * channels) {
    throw new LfwError(
      where,
      `${data.length} bytes were decoded`,
      `${width}×${height}×${channels}`,
      'convert it to RGB',
    );
  }
  return { pixels: data, width, height, channels: channels === 1 ? 1 : 3 };
}
