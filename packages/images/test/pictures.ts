import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll } from 'vitest';

/** Bytes of a picture, [height, width, channels], from a function of the pixel and channel. */
export function pixels(
  [height, width, channels]: readonly [number, number, number],
  value: (x: number, y: number, channel: number) => number,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: height * width * channels }, (_, at) =>
    value(Math.floor(at / channels) % width, Math.floor(at / channels / width), at % channels),
  );
}

/** Encodes a picture as PNG, without loss. */
export function png(
  bytes: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
): Promise<Buffer> {
  const image = sharp(bytes, { raw: { width, height, channels: channels as 1 | 2 | 3 | 4 } });
  return (channels === 1 ? image.toColorspace('b-w') : image).png().toBuffer();
}

/** A PNG of one color. */
export function plain(red: number, green: number, blue: number, side = 4): Promise<Buffer> {
  return png(
    pixels([side, side, 3], (_x, _y, channel) => [red, green, blue][channel]!),
    [side, side, 3],
  );
}

/** Makes a function that writes files below a folder of the test's own; with none, its path. */
export function temporaryFolder(): (
  files?: Readonly<Record<string, string | Uint8Array>>,
) => string {
  const root = mkdtempSync(join(tmpdir(), 'deepbelief-images-'));
  let count = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (files = {}) => {
    const folder = join(root, `pictures-${++count}`);
    mkdirSync(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return folder;
  };
}
