import { stat } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { openRegularFile } from '@deepbelief/safetensors/node';

/** What a file or folder holds: a table, arrays, an idx file, or pictures. */
export type DataKind = 'table' | 'npy' | 'npz' | 'safetensors' | 'idx' | 'folder' | 'gzip';

/** Bytes at the beginning that identify the kind. */
const START = 4096;

/**
 * Says what a path holds by its first bytes: NumPy's files, safetensors and idx files (gzipped or
 * not) by their magic numbers; any other file counts as a table. A `folder` may hold pictures;
 * `gzip` is something else that is compressed.
 *
 * @throws RegularFileError if nothing there can be read
 */
export async function dataKind(path: string): Promise<DataKind> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return 'folder';
  const file = await openRegularFile(path);
  try {
    const bytes = new Uint8Array(START);
    const { bytesRead } = await file.read(bytes, 0, START, 0);
    const { size } = await file.stat();
    return kindOf(bytes.subarray(0, bytesRead), size);
  } finally {
    await file.close();
  }
}

function kindOf(start: Uint8Array, size: number): DataKind {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, i) => start[i] === byte);
  if (begins(0x1f, 0x8b)) return isIdx(unpacked(start)) ? 'idx' : 'gzip';
  // \x93NUMPY
  if (begins(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return 'npy';
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return 'npz';
  if (isIdx(start)) return 'idx';
  return isSafetensors(start, size) ? 'safetensors' : 'table';
}

/** Two zeros, a number type, and a number of dimensions. */
function isIdx([zero, zeroToo, type = 0, dimensions = 0]: Uint8Array): boolean {
  return zero === 0 && zeroToo === 0 && type >= 8 && type <= 14 && dimensions > 0;
}

/** The length of a header within the file, and the brace that it begins with. */
function isSafetensors(start: Uint8Array, size: number): boolean {
  if (start.length < 10 || start[8] !== 0x7b) return false;
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  return length <= BigInt(size - 8);
}

/** Returns the first bytes of compressed data; none if they are damaged. */
function unpacked(start: Uint8Array): Uint8Array {
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 });
  } catch {
    return new Uint8Array(0);
  }
}
