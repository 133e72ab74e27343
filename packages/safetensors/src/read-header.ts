import { byteCount, DTYPE_NAMES, isDtype, type Dtype } from './dtype.ts';
import { DIGEST_KEY, statedDigest } from './file-digest.ts';
import { describe, SafetensorsError } from './safetensors-error.ts';
import {
  elementCount,
  isSizes,
  LARGEST_HEADER,
  LONE_SURROGATE,
  METADATA_NAME,
} from './safetensors-file.ts';
import { duplicateKey, nestingDepth, oddNumber } from './scan-json.ts';

/** A tensor's entry in a header. `begin` and `end` count bytes from the end of the header. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A header whose tensors tile the file's data exactly. */
export interface Header {
  readonly tensors: readonly TensorInfo[];
  /** Without the digest. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * The digest that the file records; undefined if it records none. The reader of the data compares
   * it.
   */
  readonly digest: string | undefined;
  /** Where the data begins in the file, in bytes. */
  readonly dataStart: number;
}

/**
 * Reads and checks the header of a safetensors file; see `decodeSafetensors` for what it throws.
 *
 * @param bytes the file, or its beginning up to the end of the header
 * @param length the whole file's length
 */
export function readHeader(bytes: Uint8Array, file: string, length: number = bytes.length): Header {
  const dataStart = 8 + headerLength(bytes, file, length);
  const { entries, text } = parseJson(bytes.subarray(8, dataStart), file);
  const tensors: TensorInfo[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(entries)) {
    if (name === METADATA_NAME) metadata = readMetadata(value, file);
    else tensors.push(readInfo(name, value, file));
  }
  const odd = oddNumber(text);
  if (odd !== undefined)
    throw new SafetensorsError(file, 'a number in the header', odd, 'only digits');
  checkTiling(tensors, length - dataStart, file);
  const digest = statedDigest(metadata, bytes, file);
  delete metadata[DIGEST_KEY];
  return { tensors, metadata, digest, dataStart };
}

/** Length of the JSON after the first 8 bytes, for a file of this length. */
export function headerLength(bytes: Uint8Array, file: string, fileLength: number): number {
  if (fileLength < 8) {
    throw new SafetensorsError(
      file,
      'the file',
      `${fileLength} bytes long`,
      'at least 8, the header length',
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(LARGEST_HEADER)) {
    throw new SafetensorsError(
      file,
      'header length',
      `${length}`,
      `at most ${LARGEST_HEADER} bytes`,
    );
  }
  if (length > BigInt(fileLength - 8)) {
    throw new SafetensorsError(
      file,
      'header length',
      `${length}`,
      `at most the ${fileLength - 8} bytes that follow`,
    );
  }
  return Number(length);
}

function parseJson(bytes: Uint8Array, file: string): { entries: object; text: string } {
  if (bytes[0] !== 0x7b) {
    throw new SafetensorsError(
      file,
      "the header's first byte",
      describe(bytes[0]),
      '123, an opening brace',
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SafetensorsError(file, 'the header', 'not UTF-8', 'JSON in UTF-8');
  }
  // A header nests three deep; a hostile one so deep that building it takes gigabytes.
  const depth = nestingDepth(text);
  if (depth > 3)
    throw new SafetensorsError(file, 'the header', `nested ${depth} deep`, 'at most 3');
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new SafetensorsError(file, 'the header', 'not valid JSON', 'a JSON object');
  }
  if (!isObject(header))
    throw new SafetensorsError(file, 'the header', describe(header), 'a JSON object');
  const twice = duplicateKey(text);
  if (twice !== undefined)
    throw new SafetensorsError(file, `key ${describe(twice)}`, 'there twice', 'once');
  return { entries: header, text };
}

function readMetadata(value: unknown, file: string): Record<string, string> {
  if (!isObject(value))
    throw new SafetensorsError(file, METADATA_NAME, describe(value), 'an object of strings');
  const pairs = Object.entries(value).map(([key, text]: [string, unknown]): [string, string] => {
    if (typeof text === 'string' && !LONE_SURROGATE.test(`${key}\n${text}`)) return [key, text];
    throw new SafetensorsError(
      file,
      `${METADATA_NAME} ${describe(key)}`,
      describe(text),
      'a string of valid Unicode',
    );
  });
  return Object.fromEntries(pairs);
}

function readInfo(name: string, value: unknown, file: string): TensorInfo {
  const where = `tensor ${describe(name)}`;
  if (LONE_SURROGATE.test(name))
    throw new SafetensorsError(file, where, 'half a surrogate pair', 'valid Unicode');
  if (!isObject(value)) throw new SafetensorsError(file, where, describe(value), 'an object');
  const { dtype, shape, data_offsets: offsets, ...others } = value;
  if (!isDtype(dtype)) {
    throw new SafetensorsError(
      file,
      `${where}: dtype`,
      describe(dtype),
      `one of ${DTYPE_NAMES.join(', ')}`,
    );
  }
  if (!isSizes(shape)) {
    throw new SafetensorsError(
      file,
      `${where}: shape`,
      describe(shape),
      'a list of whole numbers, 0 or more',
    );
  }
  if (!isRange(offsets)) {
    throw new SafetensorsError(
      file,
      `${where}: data_offsets`,
      describe(offsets),
      'two whole numbers, 0 or more',
    );
  }
  if (Object.keys(others).length > 0) {
    const known = 'only dtype, shape and data_offsets';
    throw new SafetensorsError(
      file,
      `${where}: an extra key`,
      describe(Object.keys(others)[0]),
      known,
    );
  }
  const [begin, end] = offsets;
  const size = byteCount(dtype, elementCount(shape));
  if (Number.isFinite(size) && !Number.isInteger(size)) {
    const found = `${describe(shape)}, which ends within a byte`;
    throw new SafetensorsError(file, `${where}: shape`, found, `whole bytes of ${dtype}`);
  }
  if (end - begin !== size) {
    const expected = `${size} bytes, for ${dtype} of shape ${describe(shape)}`;
    throw new SafetensorsError(
      file,
      `${where}: data_offsets`,
      `${describe(offsets)}, ${end - begin} bytes`,
      expected,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Every byte of the data belongs to exactly one tensor. */
function checkTiling(tensors: readonly TensorInfo[], length: number, file: string): void {
  const inOrder = tensors.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { name, begin, end } of inOrder) {
    const where = `tensor ${describe(name)}: data_offsets`;
    if (begin !== covered) {
      const fault = begin < covered ? 'overlapping the previous tensor' : 'leaving a gap before it';
      throw new SafetensorsError(
        file,
        where,
        `[${begin},${end}], ${fault}`,
        `it to begin at ${covered}`,
      );
    }
    if (end > length) {
      throw new SafetensorsError(
        file,
        where,
        `[${begin},${end}]`,
        `it to end within the ${length} bytes of data`,
      );
    }
    covered = end;
  }
  if (covered !== length) {
    throw new SafetensorsError(
      file,
      'the data',
      `${length} bytes long`,
      `the tensors' ${covered} bytes`,
    );
  }
}

function isRange(value: unknown): value is readonly [number, number] {
  return isSizes(value) && value.length === 2;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
