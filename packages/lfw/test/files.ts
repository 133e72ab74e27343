import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { pack, type Header } from 'tar-stream';
import { afterEach, beforeEach } from 'vitest';
import { LfwError } from '../src/index.ts';

/**
 * A folder that is there for each test of the file and gone after it; call what is returned for its
 * path.
 */
export function temporaryFolder(): (...parts: string[]) => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lfw-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return (...parts) => join(folder, ...parts);
}

/** Bytes of a picture, [height, width, channels], from a function of the pixel and channel. */
export function pixels(
  [height, width, channels]: readonly [number, number, number],
  value: (x: number, y: number, channel: number) => number,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: height * width * channels }, (_, at) =>
    value(Math.floor(at / channels) % width, Math.floor(at / channels / width), at % channels),
  );
}

/** Encodes a picture without loss. */
export function png(
  bytes: Uint8Array,
  [height, width, channels]: readonly [number, number, number],
): Promise<Buffer> {
  return sharp(bytes, { raw: { width, height, channels: channels as 1 | 2 | 3 | 4 } })
    .png()
    .toBuffer();
}

/** A small JPEG of one color. */
export function jpeg(red = 200, green = 100, blue = 50, side = 25): Promise<Buffer> {
  return sharp({
    create: { width: side, height: side, channels: 3, background: { r: red, g: green, b: blue } },
  })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** An entry of an archive: its header's fields, and what is in it. */
export type ArchiveEntry = Partial<Header> & { readonly name: string; readonly bytes?: Uint8Array };

/** The bytes of a tar archive. */
export async function tar(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const packed = pack();
  for (const { bytes = new Uint8Array(0), ...header } of entries) packed.entry(header, bytes);
  packed.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of packed as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

/** The bytes of a `.tgz` archive. */
export async function tgz(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  return gzipSync(await tar(entries));
}

/**
 * The error of a function unless it is an LfwError of this form; empty when there is none. For any
 * input whatever.
 */
export async function unexpectedError(run: () => unknown, form: RegExp): Promise<string> {
  try {
    await run();
    return '';
  } catch (error) {
    return error instanceof LfwError && form.test(error.message) ? '' : String(error);
  }
}
