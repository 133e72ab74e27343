import type { Bytes } from './bytes.ts';
import { byteCount, DTYPE_NAMES, DTYPES, isDtype } from './dtype.ts';
import { DIGEST_KEY, DIGEST_PLACEHOLDER, FileDigest, statesDigest } from './file-digest.ts';
import { describe } from './safetensors-error.ts';
import {
  elementCount,
  isSizes,
  LARGEST_HEADER,
  LONE_SURROGATE,
  METADATA_NAME,
  type SafetensorsFile,
  type SafetensorsTensor,
} from './safetensors-file.ts';

/** Options for writing a file. */
export interface EncodeOptions {
  /**
   * Whether the header records the SHA-256 of the file's bytes, in a metadata entry
   * `deepbelief.digest` that `decodeSafetensors` checks and removes. Default true. Without it,
   * damage to the tensors goes unnoticed.
   */
  readonly digest?: boolean;
}

/**
 * Returns the bytes of a safetensors file: 8 bytes of header length, a JSON header padded with
 * spaces to a multiple of 8, then the tensors' bytes. The same content gives the same bytes in any
 * order. Tensors are sorted widest dtype first (so that every tensor is aligned), then by name, as
 * in the reference implementation. Metadata is sorted by key, after the digest.
 *
 * Numbers are written in the machine's byte order. That is little-endian, as the format requires,
 * wherever browsers run.
 *
 * Source: the safetensors format, huggingface.co/docs/safetensors.
 *
 * @throws RangeError if a tensor's data does not fit its dtype or shape, a name cannot be stored, a
 *   metadata value is not a string, or the header exceeds 100 MB
 */
export function encodeSafetensors(
  file: SafetensorsFile,
  { digest = true }: EncodeOptions = {},
): Bytes {
  const tensors = Object.entries(file.tensors).toSorted(inFileOrder);
  const entries: string[] = [];
  const metadata = Object.entries(file.metadata ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, value] of metadata) checkMetadata(key, value);
  if (digest) metadata.unshift([DIGEST_KEY, DIGEST_PLACEHOLDER]);
  if (metadata.length > 0) {
    const pairs = metadata.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    entries.push(`"${METADATA_NAME}":{${pairs.join(',')}}`);
  }
  let dataLength = 0;
  for (const [name, tensor] of tensors) {
    checkTensor(name, tensor);
    const end = dataLength + tensor.data.byteLength;
    const info = { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [dataLength, end] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    dataLength = end;
  }
  const header = new TextEncoder().encode(`{${entries.join(',')}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  if (headerLength > LARGEST_HEADER) {
    throw new RangeError(
      `encodeSafetensors: the header takes ${headerLength} bytes, expected at most ` +
        `${LARGEST_HEADER}: keep fewer tensors or shorter metadata`,
    );
  }
  const bytes = new Uint8Array(8 + headerLength + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, 8 + headerLength);
  let offset = 8 + headerLength;
  for (const [, { data }] of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  if (digest) {
    const running = new FileDigest();
    running.add(bytes.subarray(8 + headerLength));
    running.seal(bytes.subarray(0, 8 + headerLength));
  }
  return bytes;
}

function inFileOrder(
  a: readonly [string, SafetensorsTensor],
  b: readonly [string, SafetensorsTensor],
): number {
  const byDtype = DTYPE_NAMES.indexOf(b[1].dtype) - DTYPE_NAMES.indexOf(a[1].dtype);
  if (byDtype !== 0) return byDtype;
  return a[0] < b[0] ? -1 : 1;
}

function checkTensor(name: string, { dtype, shape, data }: SafetensorsTensor): void {
  const where = `encodeSafetensors: tensor ${describe(name)}`;
  if (name === METADATA_NAME)
    throw new RangeError(`${where} has the name reserved for metadata: rename it`);
  if (LONE_SURROGATE.test(name))
    throw new RangeError(`${where} has half a surrogate pair in its name: rename it`);
  if (!isDtype(dtype)) {
    throw new RangeError(
      `${where} has dtype ${describe(dtype)}, expected one of ${DTYPE_NAMES.join(', ')}`,
    );
  }
  if (!isSizes(shape)) {
    throw new RangeError(
      `${where} has shape ${describe(shape)}, expected whole numbers, 0 or more`,
    );
  }
  if (data[Symbol.toStringTag] !== DTYPES[dtype].name) {
    throw new RangeError(
      `${where} has its data in a ${data[Symbol.toStringTag]}, ` +
        `expected ${DTYPES[dtype].name} for ${dtype}`,
    );
  }
  const elements = elementCount(shape);
  const bytes = byteCount(dtype, elements);
  if (data.byteLength === bytes) return;
  const size = DTYPES[dtype].BYTES_PER_ELEMENT;
  // If each array element is one tensor element, the error counts elements.
  const [found, expected, unit] =
    bytes === size * elements
      ? [data.length, elements, 'elements']
      : [data.byteLength, bytes, 'bytes'];
  throw new RangeError(
    `${where} has ${found} ${unit}, ` +
      `expected ${expected} for ${dtype} of shape [${shape.join(', ')}]`,
  );
}

function checkMetadata(key: string, value: unknown): void {
  const where = `encodeSafetensors: metadata ${describe(key)}`;
  if (typeof value !== 'string') {
    throw new RangeError(
      `${where} is ${describe(value)}, expected a string: use JSON.stringify for anything else`,
    );
  }
  if (statesDigest(key, value)) {
    throw new RangeError(
      `${where} is ${describe(value)}, but this function adds the digest: remove it`,
    );
  }
  if (LONE_SURROGATE.test(key + '\n' + value)) {
    throw new RangeError(
      `${where} holds half a surrogate pair, expected well-formed text: repair the text`,
    );
  }
}
