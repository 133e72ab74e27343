import { sha256 } from '@noble/hashes/sha2.js';
import { describe, SafetensorsError } from './safetensors-error.ts';
import { METADATA_NAME } from './safetensors-file.ts';

/** The metadata entry that holds a file's digest. It comes first in the header. */
export const DIGEST_KEY = 'deepbelief.digest';

/** The entry's text before its 64 hexadecimal digits. */
const MEANING = 'sha256 of the tensors, then of all before them with 0 for these digits: ';

/** The entry's value while the digest is computed. */
export const DIGEST_PLACEHOLDER: string = MEANING + '0'.repeat(64);

/** How the JSON of every file with a digest begins, so that the digits are at a fixed place. */
const START = new TextEncoder().encode(`{"${METADATA_NAME}":{"${DIGEST_KEY}":"${MEANING}`);
const DIGITS_FROM = 8 + START.length;
const DIGITS_TO = DIGITS_FROM + 64;
const ZEROS = new Uint8Array(64).fill(0x30);

/** A hash that takes its input piece by piece. */
interface RunningHash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/**
 * Computes a safetensors file's digest piece by piece: SHA-256 of the tensors' bytes, then of the 8
 * bytes of header length and the header, with zeros for the digest's own digits. That order allows
 * writing a header last that is known only at the end.
 */
export class FileDigest {
  readonly #hash = runningHash();

  /** Adds the tensors' bytes, one piece after another. */
  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Returns the digest, after all tensors. `header` is everything before them. */
  finish(header: Uint8Array): string {
    this.#hash.update(header.subarray(0, DIGITS_FROM));
    this.#hash.update(ZEROS);
    this.#hash.update(header.subarray(DIGITS_TO));
    return this.#hash.hex();
  }

  /**
   * Writes the digest into a header whose first metadata entry is `DIGEST_KEY` with
   * `DIGEST_PLACEHOLDER`.
   */
  seal(header: Uint8Array): void {
    header.set(new TextEncoder().encode(this.finish(header)), DIGITS_FROM);
  }
}

/** Whether a metadata entry is a digest, by its name or its meaning. */
export function statesDigest(key: string, text: string): boolean {
  return key === DIGEST_KEY || text.startsWith(MEANING);
}

/**
 * Returns the digest that a header records, 64 hexadecimal digits, or undefined for a file written
 * without one. Both its name and its meaning mark it, so damage to one of them does not hide it.
 *
 * @param header everything before the tensors
 * @throws SafetensorsError if it is there but not as this package writes it
 */
export function statedDigest(
  metadata: Readonly<Record<string, string>>,
  header: Uint8Array,
  file: string,
): string | undefined {
  const stated = Object.entries(metadata).find(([key, text]) => statesDigest(key, text));
  if (stated === undefined) return undefined;
  const [key, text] = stated;
  const digits = text.slice(MEANING.length);
  const inPlace = START.every((byte, i) => header[8 + i] === byte);
  if (key === DIGEST_KEY && inPlace && /^[0-9a-f]{64}$/.test(digits)) return digits;
  throw new SafetensorsError(
    file,
    `${METADATA_NAME} ${describe(key)}`,
    describe(text),
    `the digest of the file, first in its header`,
    CHANGED,
  );
}

/** What is wrong with a file whose digest does not match. */
const CHANGED =
  'the file is damaged, or another program changed it and kept the digest: ' +
  'use another copy or save it again';

/** Throws a SafetensorsError unless a file's bytes have the digest that the file records. */
export function compareDigests(stated: string, computed: string, file: string): void {
  if (stated !== computed) {
    throw new SafetensorsError(
      file,
      'the sha256 of its bytes',
      computed,
      `${stated}, as its header says`,
      CHANGED,
    );
  }
}

/**
 * Node's own SHA-256 is several times faster than one in JavaScript. Browsers need the latter,
 * because their own is asynchronous.
 */
function runningHash(): RunningHash {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (crypto !== undefined) {
    const hash = crypto.createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
  }
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
