import { argumentError, type Bytes, type Floats, type Integers } from '@deepbelief/checks';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { SafetensorsHeader, SafetensorsPlace } from '@deepbelief/safetensors';
import { FileDigest, readSafetensorsHeader } from '@deepbelief/safetensors/node';
import { valueCount } from './value-count.ts';

/** Part of a file's metadata. If it changes, every older file is prepared again. */
export const FORMAT = 'deepbelief prepared images 1';

/**
 * Placeholder while the checksum is computed: a CRC-32 that earlier versions wrote instead of a
 * digest.
 */
const NO_CHECKSUM = '00000000';

/** How values are stored: as bytes, rounded to whole numbers from 0 to 255, or as exact float32. */
export type PreparedValues = 'uint8' | 'float32';

/** Arrays kept with the images, such as labels or names. */
export type PreparedExtras = Readonly<Record<string, Bytes | Integers>>;

/**
 * Prepared images in a file: decoded and resampled once. They stay on disk and are read on demand.
 */
export interface PreparedImages {
  readonly path: string;
  /** Shape of one image. */
  readonly shape: readonly number[];
  /** Number of images. */
  readonly size: number;
  readonly values: PreparedValues;
  /** The arrays kept with the images. */
  readonly extras: PreparedExtras;
  /**
   * Reads some images, one after another, as stored.
   *
   * @throws RangeError for a number out of range; Error if the file was replaced or can no longer
   *   be read
   */
  read(indices: Uint32Array): Bytes | Floats;
}

/** What a usable file must match. */
export interface PreparedExpectation {
  /** The text of everything the images depend on. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly values: PreparedValues;
}

/** Bytes read at a time while checking. */
const CHUNK = 2 ** 20;

/**
 * Opens a file of prepared images and checks its format, what it depends on, its shape, and the
 * digest of all its bytes.
 *
 * @returns the images, or in a few words why the file cannot be used
 */
export async function openPrepared(
  path: string,
  expected: PreparedExpectation,
): Promise<PreparedImages | string> {
  let header;
  try {
    header = await readSafetensorsHeader(path);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      return 'there was none';
    return 'it is damaged';
  }
  const { tensors, metadata } = header;
  const { format, key } = metadata;
  if (format !== FORMAT) return 'it has another format';
  if (key !== expected.key) return 'what it depends on has changed';
  const { images, ...others } = tensors;
  const dtype = expected.values === 'uint8' ? 'U8' : 'F32';
  if (images?.dtype !== dtype || images.shape.slice(1).join() !== expected.shape.join())
    return 'it is damaged';
  try {
    return withFile(path, undefined, (file, identity) => {
      if (!isSound(file, header)) return 'it is damaged';
      const extras = Object.fromEntries(
        Object.entries(others).map(([name, place]) => [name, readArray(file, place)] as const),
      );
      return preparedImages(path, identity, expected, images, extras);
    });
  } catch {
    return 'it cannot be read';
  }
}

function preparedImages(
  path: string,
  identity: string,
  { shape, values }: PreparedExpectation,
  images: SafetensorsPlace,
  extras: PreparedExtras,
): PreparedImages {
  const size = images.shape[0]!;
  const length = valueCount(shape, path);
  const bytes = length * (values === 'uint8' ? 1 : 4);
  return {
    path,
    shape,
    size,
    values,
    extras,
    read(indices) {
      const outside = indices.find((index) => index >= size);
      if (outside !== undefined) {
        throw argumentError(`${path}: image ${outside} was requested, expected 0 to ${size - 1}`);
      }
      const rows = new Uint8Array(indices.length * bytes);
      withFile(path, identity, (file) => {
        // Images that are neighbors in both the file and the result are read at once.
        for (let begin = 0, end = 1; begin < indices.length; begin = end++) {
          while (end < indices.length && indices[end] === indices[end - 1]! + 1) end++;
          readFully(
            file,
            rows.subarray(begin * bytes, end * bytes),
            images.position + indices[begin]! * bytes,
          );
        }
      });
      return values === 'uint8' ? rows : new Float32Array(rows.buffer);
    },
  };
}

/**
 * Opens a file, checks that it is still the same one, and closes it, so that no caller has to
 * remember to.
 */
function withFile<T>(
  path: string,
  identity: string | undefined,
  use: (file: number, identity: string) => T,
): T {
  const file = openSync(path, 'r');
  try {
    const { dev, ino, size, mtimeNs } = fstatSync(file, { bigint: true });
    const found = [dev, ino, size, mtimeNs].join();
    if (identity !== undefined && found !== identity) {
      throw new Error(`${path}: the file was replaced after it was opened: open it again`);
    }
    return use(file, found);
  } finally {
    closeSync(file);
  }
}

function readFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0)
      throw new Error('the file is shorter than when it was checked: prepare it again');
    done += read;
  }
}

function readArray(
  file: number,
  { dtype, position, byteLength }: SafetensorsPlace,
): PreparedExtras[string] {
  const bytes = new Uint8Array(byteLength);
  readFully(file, bytes, position);
  return dtype === 'I32' ? new Int32Array(bytes.buffer) : bytes;
}

/**
 * Whether a file's bytes have the digest that it records, or the checksum in a file of an earlier
 * version.
 */
function isSound(file: number, { tensors, metadata, digest }: SafetensorsHeader): boolean {
  let [start, end] = [Infinity, 0];
  for (const { position, byteLength } of Object.values(tensors)) {
    start = Math.min(start, position);
    end = Math.max(end, position + byteLength);
  }
  const header = Buffer.alloc(start);
  readFully(file, header, 0);
  if (digest !== undefined) {
    const computed = new FileDigest();
    readPieces(file, start, end, (bytes) => computed.add(bytes));
    return computed.finish(header) === digest;
  }
  const { checksum } = metadata;
  if (checksum === undefined) return false;
  let crc = 0;
  readPieces(file, start, end, (bytes) => (crc = crc32(bytes, crc)));
  header.write(NO_CHECKSUM, header.indexOf(checksum));
  return crc32(header, crc).toString(16).padStart(8, '0') === checksum;
}

/** Reads part of a file piece by piece; the pieces share their memory. */
function readPieces(
  file: number,
  start: number,
  end: number,
  use: (bytes: Uint8Array) => void,
): void {
  const chunk = new Uint8Array(Math.min(CHUNK, Math.max(end - start, 0)));
  for (let position = start; position < end; position += CHUNK) {
    const bytes = chunk.subarray(0, Math.min(CHUNK, end - position));
    readFully(file, bytes, position);
    use(bytes);
  }
}
