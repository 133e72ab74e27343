import { printable } from '@deepbelief/checks';
import sharp from 'sharp';
import { ImageError } from './image-error.ts';

/** A decoded picture: bytes [height, width, channels], red, green and blue, or gray. */
export interface DecodedImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** What a picture's header says. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  /** `jpeg`, `png`, … */
  readonly format: string;
  /** Whether it has colors, as far as its header tells. */
  readonly color: boolean;
}

/** The most pixels of a picture: 200 MB of color. */
const MOST_PIXELS = 2 ** 26;

/**
 * Reads a picture's header.
 *
 * @param where its name, for messages
 * @throws ImageError if it is not a picture or too large
 */
export async function imageHeader(bytes: Uint8Array, where: string): Promise<ImageHeader> {
  const { width, height, format, space, orientation } = await attempt(where, () =>
    sharp(bytes, { limitInputPixels: false }).metadata(),
  );
  if (width * height > MOST_PIXELS) {
    const found = `it has ${width} × ${height} pixels`;
    throw new ImageError(where, found, `at most ${MOST_PIXELS}`, 'make it smaller');
  }
  // Orientations from 5 on lie on their sides.
  const [own, other] = (orientation ?? 1) >= 5 ? [height, width] : [width, height];
  const isGray = space === 'b-w' || space === 'grey16';
  return { width: own, height: other, format, color: !isGray };
}

/**
 * Decodes a picture (JPEG, PNG or anything else that sharp reads) and turns it by its EXIF
 * orientation. Whatever it is becomes 8 bits; what is transparent becomes white; of an animation,
 * the first picture is taken.
 *
 * @param where its name, for messages
 * @throws ImageError if it is truncated, damaged, not a picture, or too large
 */
export async function decodeImage(bytes: Uint8Array, where: string): Promise<DecodedImage> {
  await imageHeader(bytes, where);
  const { data, info } = await attempt(where, () =>
    sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColorspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = info;
  if ((channels !== 1 && channels !== 3) || data.length !== width * height * channels) {
    const found = `it has ${data.length} values for ${width} × ${height} pixels`;
    throw new ImageError(where, found, '1 or 3 for each pixel', 'save it as PNG without layers');
  }
  return { pixels: data, width, height, channels };
}

async function attempt<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [reason = ''] = message.split('\n', 1);
    throw new ImageError(
      where,
      `it cannot be decoded (${printable(reason.slice(0, 120))})`,
      'a complete picture',
      'save it again, or move it out of the folder',
      { cause },
    );
  }
}
