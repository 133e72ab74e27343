import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openRegularFile, regularFilePieces } from '@deepbelief/data/node';
import { NorbFileError } from './norb-file-error.ts';

/** Bytes of compressed and uncompressed data at a time. */
const PACKED_CHUNK = 2 ** 18;
const CHUNK = 2 ** 20;

/** Whether to read a file through gzip; the name decides, as with the original files. */
export function isPacked(path: string): boolean {
  return path.endsWith('.gz');
}

/**
 * Yields a file's bytes in pieces, unpacked if the name ends in `.gz`. A piece is valid until the
 * next one is requested.
 *
 * @throws NorbFileError for damaged or truncated gzip data; RegularFileError if the file is not a
 *   regular file or cannot be read
 */
export async function* readUnpacked(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (isPacked(path)) yield* readGzip(path);
  else yield* readPlain(path);
}

async function* readPlain(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(CHUNK, size + 1));
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* readGzip(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = Readable.from(regularFilePieces(path), {
    objectMode: false,
    highWaterMark: PACKED_CHUNK,
  });
  const unpacked = createGunzip({ chunkSize: CHUNK });
  packed.on('error', (error) => unpacked.destroy(error));
  packed.pipe(unpacked);
  let offset = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      yield chunk;
      offset += chunk.length;
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('Z_') && code !== 'ERR_TRAILING_JUNK_AFTER_STREAM_END') throw error;
    throw new NorbFileError({
      file: path,
      offset,
      found: `the gzip data cannot be unpacked (${message})`,
      expected: 'complete and undamaged gzip data',
      remedy: 'download the file again',
    });
  } finally {
    unpacked.destroy();
    packed.destroy();
    await finished(packed, { error: false }).catch(() => undefined);
  }
}
