import { areaResample } from '@deepbelief/data';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { readFace } from '../src/index.ts';
import { pixels } from './files.ts';

/** A picture whose pixel (x, y) has gray level 7x + 13y, as sharp is to encode it. */
function grayPicture(width: number, height: number): Sharp {
  const bytes = pixels([height, width, 1], (x, y) => x * 7 + y * 13);
  return sharp(bytes, { raw: { width, height, channels: 1 } }).toColorspace('b-w');
}

test('a picture with one gray channel is read as it is, in every format that has them', async () => {
  const options = { size: [6, 9] as const, color: false, window: 1 };
  const expected = areaResample(
    pixels([9, 9, 1], (x, y) => x * 7 + y * 13),
    [9, 9, 1],
    [6, 9],
  );
  const pictures = {
    png: await grayPicture(9, 9).png().toBuffer(),
    tiff: await grayPicture(9, 9).tiff({ compression: 'none' }).toBuffer(),
    webp: await grayPicture(9, 9).webp({ lossless: true }).toBuffer(),
    palette: await grayPicture(9, 9).png({ palette: true, dither: 0 }).toBuffer(),
  };
  expect((await sharp(pictures.png).metadata()).channels).toBe(1);
  expect((await sharp(pictures.tiff).metadata()).channels).toBe(1);
  expect((await sharp(pictures.palette).metadata()).isPalette).toBe(true);
  for (const bytes of Object.values(pictures)) {
    const face = await readFace(bytes, options);
    expect(face).toHaveLength(54);
    for (const [k, found] of face.entries()) expect(found * 255).toBeCloseTo(expected[k]!, 4);
  }
});

/** A JPEG with an EXIF segment that holds an orientation and nothing else. */
function withOrientation(jpegBytes: Uint8Array, orientation: number): Buffer {
  const exif = [
    'ffe10022457869660000', // marker, length, 'Exif'
    '49492a0008000000', // a little-endian TIFF header
    `010012010300010000000${orientation}000000`, // one entry: tag 0x0112, one short
    '00000000', // no further directory
  ].join('');
  return Buffer.concat([jpegBytes.subarray(0, 2), Buffer.from(exif, 'hex'), jpegBytes.subarray(2)]);
}

test('a gray JPEG is read in all eight orientations, and with eye positions', async () => {
  // Brightness rises to the right by 7 a pixel and down by 13, so that corners tell how it was
  // turned.
  const side = 9;
  const at = (x: number, y: number): number => x * 7 + y * 13;
  const last = side - 1;
  // EXIF 2.32, tag 0x0112: where row 0 and column 0 of what is stored come to lie.
  const stored: Readonly<Record<number, (x: number, y: number) => number>> = {
    1: (x, y) => at(x, y),
    2: (x, y) => at(last - x, y),
    3: (x, y) => at(last - x, last - y),
    4: (x, y) => at(x, last - y),
    5: (x, y) => at(y, x),
    6: (x, y) => at(y, last - x),
    7: (x, y) => at(last - y, last - x),
    8: (x, y) => at(last - y, x),
  };
  for (const [orientation, expected] of Object.entries(stored)) {
    const upright = await grayPicture(side, side).jpeg({ quality: 100 }).toBuffer();
    const bytes = withOrientation(upright, Number(orientation));
    expect((await sharp(bytes).metadata()).orientation).toBe(Number(orientation));
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const face = await readFace(bytes, { size: side, color: false, window: 1 });
    for (const [k, found] of face.entries()) {
      const level = expected(k % side, Math.floor(k / side));
      expect(Math.abs(found * 255 - level), `orientation ${orientation}, pixel ${k}`).toBeLessThan(
        3,
      );
    }
  }
  const eyes = { left: [3, 4], right: [5, 4] } as const;
  const aligned = await readFace(await grayPicture(side, side).png().toBuffer(), {
    size: 4,
    color: false,
    eyes,
  });
  expect(aligned).toHaveLength(16);
});

test('color palettes are read in color, gray palettes in gray', async () => {
  const colors = pixels([4, 4, 3], (x, y, c) => (x + 4 * y) * 15 + c);
  const bytes = await sharp(colors, { raw: { width: 4, height: 4, channels: 3 } })
    .png({ palette: true, dither: 0, quality: 100 })
    .toBuffer();
  expect((await sharp(bytes).metadata()).isPalette).toBe(true);
  const face = await readFace(bytes, { size: 4, window: 1 });
  for (const [k, found] of face.entries()) expect(found * 255).toBeCloseTo(colors[k]!, 4);
});
