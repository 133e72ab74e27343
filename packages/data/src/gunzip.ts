import { IdxError } from './idx-error.ts';

/** Whether bytes begin as gzip does: 1f 8b. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip, and stops as soon as there is more than is expected: a small file that would unpack to gigabytes is
 * refused at no more than the expected length.
 *
 * @param name the file's name, for messages
 * @param expectedLength the unpacked length, from the first unpacked bytes; undefined while they are too few to tell
 * @throws IdxError when the packed data are damaged or cut, or unpack to more than expected
 */
export async function gunzip(
  bytes: Uint8Array,
  name: string,
  expectedLength: (start: Uint8Array) => number | undefined,
): Promise<Uint8Array> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let limit: number | undefined;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new IdxError(name, 'the gzip data cannot be unpacked', 'sound and whole gzip data', 'get the file again');
    });
    if (done) return concatenate(chunks, length);
    chunks.push(value);
    length += value.length;
    limit ??= expectedLength(concatenate(chunks, length));
    if (length > (limit ?? Infinity)) {
      await reader.cancel();
      throw new IdxError(name, `the file unpacks to more than ${limit} bytes`, `${limit}, as its dimensions say`);
    }
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
