import { printable } from '@deepbelief/checks';
import { ArrayFileError } from './array-file-error.ts';
import { elementCount, type NumericDtype } from './numeric-array.ts';

/** What an NPY file says about its numbers. */
export interface NpyHeader {
  /** The type in the file; `float16` is read as float32. */
  readonly dtype: NumericDtype | 'float16';
  /** Bytes of a number in the file. */
  readonly bytes: number;
  readonly bigEndian: boolean;
  /** Whether the first index runs fastest. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly start: number;
}

/** 93 4e 55 4d 50 59: \x93NUMPY. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The longest header that NumPy reads by default, in characters. */
const LONGEST_HEADER = 10_000;

/** The most dimensions that NumPy 2 has. */
const MOST_DIMENSIONS = 64;

/** Number types by NumPy's kind and number of bytes. */
const TYPES: ReadonlyMap<string, NpyHeader['dtype']> = new Map([
  ['b1', 'bool'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
]);

/** Types that NumPy has and no dataset can hold, by kind, and what to do. */
const OTHERS: ReadonlyMap<string, readonly [name: string, remedy: string]> = new Map([
  ['O', ['Python objects', 'convert it to numbers: numpy.save(path, array.astype(float))']],
  ['U', ['texts', 'number them: numpy.unique(array, return_inverse=True)[1]']],
  ['S', ['byte strings', 'number them: numpy.unique(array, return_inverse=True)[1]']],
  ['c', ['complex numbers', 'save the real and imaginary parts']],
  ['M', ['dates', 'convert them to numbers: array.astype(float)']],
  ['m', ['durations', 'convert them to numbers: array.astype(float)']],
  ['V', ['records', 'save each field as an array of its own']],
  ['f', ['floats of another size', 'convert them: array.astype(numpy.float64)']],
]);

/** Whether bytes begin like an NPY file. */
export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads the header of an NPY file: magic, version, length, and a Python dict of descr,
 * fortran_order and shape.
 *
 * Source: numpy.lib.format, "Format Version 1.0" to "3.0", numpy.org/doc/stable/reference.
 *
 * @param bytes the file, or its beginning of at least 10,012 bytes
 * @throws ArrayFileError for another magic number or version, a truncated or too long header, a
 *   dict that is not sound, and types that are not numbers
 */
export function npyHeader(bytes: Uint8Array, name: string): NpyHeader {
  if (!isNpy(bytes)) {
    const found = Array.from(bytes.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0'));
    throw new ArrayFileError(
      name,
      found.length === 0 ? 'the file is empty' : `the first bytes are ${found.join(' ')}`,
      '93 4e 55 4d 50 59, an NPY file',
      'the file is damaged or not from numpy.save: save it again',
    );
  }
  const [major = 0] = bytes.subarray(6);
  if (bytes.length > 6 && (major < 1 || major > 3)) {
    throw new ArrayFileError(name, `the format's version is ${major}`, '1, 2 or 3');
  }
  const lengthBytes = major === 1 ? 2 : 4;
  const begin = 8 + lengthBytes;
  if (bytes.length < begin) throw truncated(name, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, begin);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) {
    const expected = `at most ${LONGEST_HEADER}`;
    throw new ArrayFileError(name, `the header has ${length} bytes`, expected);
  }
  if (bytes.length < begin + length) throw truncated(name, bytes.length);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(begin, begin + length),
  );
  return { ...parseDict(text, name), start: begin + length };
}

function truncated(name: string, length: number): ArrayFileError {
  return new ArrayFileError(
    name,
    `the file ends within its header, after ${length} bytes`,
    'the whole header',
    'copy or save it again',
  );
}

/** The dict's three entries in any order. Python 2 wrote whole numbers as 3L. */
const ENTRY =
  /^\s*(?:'(?<key>\w+)'|"(?<key2>\w+)")\s*:\s*(?:(?<quote>['"])(?<text>[^'"\\]*)\k<quote>|(?<flag>True|False)|\((?<shape>[\d\sL,]*)\)|(?<list>\[))\s*,?/;

function parseDict(text: string, name: string): Omit<NpyHeader, 'start'> {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  const entries = new Map<string, Readonly<Record<string, string | undefined>>>();
  for (let rest = body ?? '?'; rest.trim() !== '';) {
    const match = ENTRY.exec(rest);
    const { groups = {} } = match ?? {};
    const key = groups['key'] ?? groups['key2'];
    if (key === 'descr' && groups['list'] !== undefined) throw notNumbers(name, 'V', 'records');
    if (match === null || key === undefined || entries.has(key)) throw unreadable(name, text);
    entries.set(key, groups);
    rest = rest.slice(match[0].length);
  }
  const descr = entries.get('descr')?.['text'];
  const flag = entries.get('fortran_order')?.['flag'];
  const shape = entries.get('shape')?.['shape'];
  if (entries.size !== 3 || descr === undefined || flag === undefined || shape === undefined)
    throw unreadable(name, text);
  return { ...parseType(descr, name), fortran: flag === 'True', shape: parseShape(shape, name) };
}

function parseType(descr: string, name: string): Pick<NpyHeader, 'dtype' | 'bytes' | 'bigEndian'> {
  const dtype = /^[<>|=]/.test(descr) ? TYPES.get(descr.slice(1)) : undefined;
  if (dtype === undefined) throw notNumbers(name, descr[1] ?? '', descr);
  return { dtype, bytes: Number(descr.slice(2)), bigEndian: descr.startsWith('>') };
}

function parseShape(text: string, name: string): number[] {
  const items = text.split(',').map((item) => item.trim());
  // (3,) is a tuple of one, and () one of none.
  if (items.at(-1) === '') items.pop();
  const shape = items.map((item) => (/^\d{1,19}L?$/.test(item) ? Number.parseInt(item, 10) : NaN));
  const sound = shape.every((size) => Number.isSafeInteger(size));
  if (sound && shape.length <= MOST_DIMENSIONS && elementCount(shape) <= Number.MAX_SAFE_INTEGER)
    return shape;
  const expected = `up to ${MOST_DIMENSIONS} whole numbers with a product below 2^53`;
  throw new ArrayFileError(name, `the shape is (${shortened(text)})`, expected);
}

function notNumbers(name: string, kind: string, descr: string): ArrayFileError {
  const [what, remedy] = OTHERS.get(kind) ?? ['an unknown type', 'convert it to numbers'];
  return new ArrayFileError(
    name,
    `the array holds ${what} (${shortened(descr)})`,
    'booleans, integers or floats of 16 to 64 bits',
    remedy,
  );
}

function unreadable(name: string, text: string): ArrayFileError {
  return new ArrayFileError(
    name,
    `the header is ${shortened(text)}`,
    'a dict of descr, fortran_order and shape',
  );
}

function shortened(text: string): string {
  return printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
