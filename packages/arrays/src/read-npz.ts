import { checkOptions, finiteNumber, printable } from '@deepbelief/checks';
import { configure, Uint8ArrayReader, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { ArrayFileError } from './array-file-error.ts';
import type { NumericArray } from './numeric-array.ts';
import { parseNpy } from './parse-npy.ts';

/** Limits on reading an NPZ file. */
export interface ReadNpzOptions {
  /** The most bytes that all its arrays may unpack to. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** The most bytes of all unpacked arrays, by default. */
export const MAX_NPZ_BYTES: number = 2 ** 31;

/** The most arrays in a file. */
const MOST_ARRAYS = 10_000;

/** Whether bytes begin like a zip archive: a file, or the end of an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/**
 * Reads an NPZ file as `numpy.savez` and `numpy.savez_compressed` write it: a zip archive of NPY
 * files, stored or deflated, of any size (zip64). Checksums are compared. Memory grows only with
 * what has been unpacked, not with what the file promises.
 *
 * @param name the file's name, for messages
 * @returns the arrays by name, in the order of the file
 * @throws ArrayFileError for an archive that is damaged or encrypted or unpacks to more than
 *   `maxBytes`, an entry that is not an NPY file, and what `parseNpy` throws; RangeError for an
 *   unknown option
 */
export async function readNpz(
  bytes: Uint8Array,
  name: string,
  options: ReadNpzOptions = {},
): Promise<Record<string, NumericArray>> {
  const entries = await npzEntries(bytes, name, options);
  if (isSparse(entries)) {
    throw new ArrayFileError(
      name,
      'the archive holds a sparse matrix',
      'arrays',
      'read it with readCsr, or save matrix.toarray()',
    );
  }
  return Object.fromEntries(
    Array.from(entries, ([key, { where, unpacked }]) => [key, parseNpy(unpacked, where)]),
  );
}

/** An NPY file in an archive. */
export interface NpzEntry {
  /** Its place, for messages: `data.npz: x.npy`. */
  readonly where: string;
  readonly unpacked: Uint8Array;
}

/** Whether the entries are those of scipy.sparse. */
export function isSparse(entries: ReadonlyMap<string, unknown>): boolean {
  return ['format', 'shape', 'data'].every((key) => entries.has(key));
}

/** Unpacks the NPY files of an archive, by name. Throws like `readNpz`. */
export async function npzEntries(
  bytes: Uint8Array,
  name: string,
  options: ReadNpzOptions,
): Promise<ReadonlyMap<string, NpzEntry>> {
  checkOptions('readNpz', options, { maxBytes: finiteNumber({ low: 1 }) });
  const { maxBytes = MAX_NPZ_BYTES } = options;
  configure({ useWebWorkers: false });
  const archive = new ZipReader(new Uint8ArrayReader(bytes), {
    checkSignature: true,
    checkOverlappingEntry: true,
  });
  const arrays = new Map<string, NpzEntry>();
  let left = maxBytes;
  try {
    for await (const entry of archive.getEntriesGenerator()) {
      const where = `${name}: ${printable(entry.filename.slice(0, 80))}`;
      const key = entry.filename.replace(/[.]npy$/, '');
      if (entry.directory || key === entry.filename) {
        const remedy = 'leave it out, or save the arrays with numpy.savez';
        throw new ArrayFileError(where, 'the archive holds something else', 'arrays, .npy', remedy);
      }
      if (entry.encrypted) {
        throw new ArrayFileError(where, 'it is encrypted', 'a plain archive', 'decrypt it first');
      }
      if (arrays.has(key) || arrays.size === MOST_ARRAYS) {
        const found = arrays.has(key)
          ? 'the name is there twice'
          : `it is array ${MOST_ARRAYS + 1}`;
        throw new ArrayFileError(
          where,
          found,
          `up to ${MOST_ARRAYS} arrays with names of their own`,
        );
      }
      const unpacked = await unpack(entry, where, left, maxBytes);
      left -= unpacked.length;
      arrays.set(key, { where, unpacked });
    }
    await archive.close();
  } catch (cause) {
    if (cause instanceof ArrayFileError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArrayFileError(
      name,
      `the archive cannot be unpacked (${printable(reason.slice(0, 80))})`,
      'a complete and undamaged NPZ file',
      'copy or save it again',
      { cause },
    );
  }
  return arrays;
}

/** Unpacks an entry piece by piece, and stops as soon as there are more than `left` bytes. */
async function unpack(
  entry: FileEntry,
  where: string,
  left: number,
  maxBytes: number,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let refused: ArrayFileError | undefined;
  const pieceTaker = new WritableStream<Uint8Array>({
    write(piece) {
      length += piece.length;
      if (length > left) {
        const found = `the arrays unpack to more than ${maxBytes} bytes`;
        const remedy = 'raise maxBytes if the file is right';
        refused = new ArrayFileError(where, found, `at most ${maxBytes}`, remedy);
        throw refused;
      }
      pieces.push(piece.slice());
    },
  });
  try {
    await entry.getData(pieceTaker);
  } catch (error) {
    throw refused ?? error;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
