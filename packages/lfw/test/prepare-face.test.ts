import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { areaResample } from '@deepbelief/data';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { LfwError, readFace } from '../src/index.ts';
import { jpeg, pixels, png, temporaryFolder } from './files.ts';

const folder = temporaryFolder();

const value = (x: number, y: number, c: number): number => (x * 7 + y * 13 + c * 29) % 256;

test("a face is the exact area average of the middle 144×144 of the data set's 250×250 pixels, 0 to 1", async () => {
  const picture = await png(pixels([250, 250, 3], value), [250, 250, 3]);
  const middle = pixels([144, 144, 3], (x, y, c) => value(x + 53, y + 53, c));
  for (const size of [32, 20] as const) {
    const expected = areaResample(middle, [144, 144, 3], [size, size]).map((gray) => gray / 255);
    expect(await readFace(picture, { size })).toEqual(expected);
  }
});

test('the window is a share of the shorter side, and the result need not be square', async () => {
  const picture = await png(pixels([60, 41, 3], value), [60, 41, 3]);
  // Half of 41, rounded, is 21; 10 are left on the left, 19 above.
  const middle = pixels([21, 21, 3], (x, y, c) => value(x + 10, y + 19, c));
  const face = await readFace(picture, { size: [4, 3], window: 0.5 });
  expect(face).toEqual(areaResample(middle, [21, 21, 3], [4, 3]).map((gray) => gray / 255));
});

test('gray is 0.299 R + 0.587 G + 0.114 B', async () => {
  const colored = await png(
    pixels([8, 8, 3], (_x, _y, c) => [100, 200, 40][c]!),
    [8, 8, 3],
  );
  const options = { size: 2, color: false, window: 1 };
  for (const found of await readFace(colored, options))
    expect(found * 255).toBeCloseTo(29.9 + 117.4 + 4.56, 4);
});

test('a JPEG is decoded and turned by its orientation', async () => {
  // Brighter to the right; orientation 6 turns it a quarter clockwise, so that it gets brighter
  // downwards.
  const raw = { raw: { width: 64, height: 64, channels: 3 as const } };
  const bytes = sharp(
    pixels([64, 64, 3], (x) => x * 4),
    raw,
  )
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100 });
  const face = await readFace(await bytes.toBuffer(), { size: 2, window: 1 });
  for (const c of [0, 1, 2]) {
    expect(face[c]! * 255).toBeCloseTo(62, -0.5);
    expect(face[3 + c]! * 255).toBeCloseTo(62, -0.5);
    expect(face[6 + c]! * 255).toBeCloseTo(190, -0.5);
  }
});

test('with eye positions, a face is turned so that the eyes are level', async () => {
  // Dark above the line through the eyes and bright below, which falls to the right.
  const picture = await png(
    pixels([100, 100, 3], (x, y) => (y > 25 + x / 2 ? 255 : 0)),
    [100, 100, 3],
  );
  const eyes = { left: [40, 45], right: [60, 55] } as const;
  const face = await readFace(picture, { size: 32, color: false, eyes });
  for (let x = 0; x < 32; x++) {
    expect(face[11 * 32 + x]).toBe(0);
    expect(face[15 * 32 + x]).toBeCloseTo(1, 5);
  }
  await expect(readFace(picture, { eyes: { left: [60, 55], right: [40, 45] } })).rejects.toThrow(
    'the picture: the left eye is at 60, 55',
  );
});

/** The first bytes of a PNG of this many pixels, as far as its size stands in it. */
function hugePng(width: number, height: number): Buffer {
  const header = Buffer.from(
    '89504e470d0a1a0a0000000d494844520000000000000000080200000000000000',
    'hex',
  );
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
}

/**
 * A JPEG whose header says that it has this many pixels (SOF0: marker, length, precision, height,
 * width).
 */
function hugeJpeg(jpegBytes: Uint8Array, width: number, height: number): Buffer {
  const bytes = Buffer.from(jpegBytes);
  const frame = bytes.indexOf(Buffer.from('ffc00011', 'hex'));
  expect(frame).toBeGreaterThan(0);
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

test('an unusable picture is an error that names it and says why', async () => {
  const sound = await jpeg(200, 100, 50, 250);
  const cmyk = await sharp(sound).toColorspace('cmyk').jpeg().toBuffer();
  const gray = await sharp(sound).toColorspace('b-w').jpeg().toBuffer();
  const transparent = await png(
    pixels([8, 8, 4], () => 9),
    [8, 8, 4],
  );
  const deep = await sharp(sound).toColorspace('rgb16').png().toBuffer();
  const deepGray = await sharp(sound).toColorspace('grey16').png().toBuffer();
  const transparentGray = await sharp(
    pixels([8, 8, 2], () => 9),
    { raw: { width: 8, height: 8, channels: 2 } },
  )
    .toColorspace('b-w')
    .png()
    .toBuffer();
  const damaged = Buffer.from(sound).fill(0xff, sound.length / 2);
  const wrong: [bytes: Uint8Array, message: RegExp][] = [
    [new Uint8Array(0), /it cannot be decoded \(.*\), expected a complete picture/],
    [Buffer.from('no picture at all'), /it cannot be decoded \(.*unsupported image format.*\)/],
    [sound.subarray(0, sound.length / 2), /it cannot be decoded \(/],
    [sound.subarray(0, 100), /it cannot be decoded \(/],
    [damaged, /it cannot be decoded \(/],
    [
      cmyk,
      /it is cmyk with 4 channels of type uchar, expected RGB or gray with 8 bits: convert it to RGB/,
    ],
    [gray, /it is gray, expected a color picture: convert it to RGB, or prepare all in gray/],
    [transparent, /it is srgb with 4 channels of type uchar/],
    [deep, /it is rgb16 with 3 channels of type ushort/],
    [deepGray, /it is grey16 with 1 channels of type ushort/],
    [transparentGray, /it is b-w with 2 channels of type uchar/],
    [
      hugeJpeg(sound, 60_000, 50_000),
      /it has 60000×50000 pixels, expected at most 33554432: make it smaller/,
    ],
    [hugePng(60_000, 60_000), /it has 60000×60000 pixels|it cannot be decoded/],
  ];
  for (const [bytes, message] of wrong) {
    const path = folder('face.jpg');
    await writeFile(path, bytes);
    const failure = await readFace(path).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(LfwError);
    expect((failure as LfwError).message).toMatch(message);
    expect((failure as LfwError).message).toMatch(/^[^\n]*face\.jpg: [^\n]+$/);
  }
  await expect(readFace(folder('none.jpg'))).rejects.toThrow(/none\.jpg: cannot be read \(ENOENT/);
});

test('invalid options are errors with the values', async () => {
  const picture = await jpeg();
  await expect(readFace(picture, { size: 0 })).rejects.toThrow(
    'lfw: size is 0×0, expected whole numbers from 1',
  );
  await expect(readFace(picture, { size: [32, 2.5] })).rejects.toThrow('lfw: size is 32×2.5');
  await expect(readFace(picture, { window: 1.5 })).rejects.toThrow(
    'lfw: window is 1.5, expected a share',
  );
  await expect(readFace(picture, { window: NaN })).rejects.toThrow('lfw: window is NaN');
  await expect(readFace(picture, { colour: false } as object)).rejects.toThrow(
    'readFace: unknown option colour, expected only size, color, window, limits, eyes',
  );
  await expect(readFace(picture, { limits: { pixels: 9 } as object })).rejects.toThrow(
    'readFace: limits: unknown option pixels, expected only pictureBytes, picturePixels, unpackedBytes, entries',
  );
  await expect(readFace(picture, { limits: { picturePixels: NaN } })).rejects.toThrow(
    'readFace: limits: option picturePixels is NaN, expected a whole number, 1 or more',
  );
});

test('limits apply to single pictures', async () => {
  const bytes = await jpeg();
  const path = folder('face.jpg');
  await writeFile(path, bytes);
  expect(
    await readFace(path, { size: 1, limits: { pictureBytes: bytes.length, picturePixels: 625 } }),
  ).toHaveLength(3);
  await expect(readFace(path, { limits: { pictureBytes: bytes.length - 1 } })).rejects.toThrow(
    `it has ${bytes.length} bytes, expected a picture: check that it is the right file, or raise the limit`,
  );
  await expect(readFace(path, { limits: { picturePixels: 624 } })).rejects.toThrow(
    'it has 25×25 pixels, expected at most 624: make it smaller, or raise limits.picturePixels',
  );
});

test('a picture that is a pipe or a folder is refused without waiting', async (context) => {
  await expect(readFace(folder())).rejects.toThrow(
    /: it is a folder, expected a picture: give the path of a file$/,
  );
  context.skip(process.platform === 'win32', 'no named pipes');
  execFileSync('mkfifo', [folder('face.jpg')]);
  await expect(readFace(folder('face.jpg'))).rejects.toThrow(
    /face\.jpg: it is a named pipe, expected a picture: give the path of a file$/,
  );
});
