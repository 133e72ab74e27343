import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import {
  decodeSafetensors,
  decodeSafetensorsHeader,
  encodeSafetensors,
  SafetensorsError,
} from '../src/index.ts';
import { referenceBytes, referenceFile } from './reference-file.ts';

afterEach(() => vi.unstubAllGlobals());

const sound = encodeSafetensors(referenceFile);

/** A copy with a text in the header replaced by another of the same length. */
function with_(text: string, other: string): Uint8Array {
  const at = Buffer.from(sound).indexOf(text);
  expect(at).toBeGreaterThan(0);
  const bytes = sound.slice();
  bytes.set(Buffer.from(other), at);
  return bytes;
}

test('a file records the SHA-256 of its tensors, then of its header with zero digits', () => {
  const { metadata, digest } = decodeSafetensors(sound, 'model');
  expect(metadata).toEqual(referenceFile.metadata);
  const text = Buffer.from(sound).toString('latin1');
  const dataStart = 8 + sound[0]! + 256 * sound[1]!;
  const zeroed = text.slice(0, dataStart).replace(digest!, '0'.repeat(64));
  const expected = createHash('sha256')
    .update(sound.subarray(dataStart))
    .update(Buffer.from(zeroed, 'latin1'));
  expect(digest).toBe(expected.digest('hex'));
});

test('every flipped bit is detected: in length, header, digest, padding and data', () => {
  expect(decodeSafetensors(sound, 'model').tensors).toEqual(referenceFile.tensors);
  for (let bit = 0; bit < 8 * sound.length; bit++) {
    const bytes = sound.slice();
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decodeSafetensors(bytes, 'model'), `bit ${bit}`).toThrow(SafetensorsError);
  }
});

test('the error gives the found and the expected digest, and what to do', () => {
  const bytes = sound.slice();
  bytes[bytes.length - 1]! ^= 1;
  expect(() => decodeSafetensors(bytes, 'model')).toThrow(
    /^model: the sha256 of its bytes is [0-9a-f]{64}, expected [0-9a-f]{64}, as its header says: the file is damaged, or another program changed it/,
  );
});

test('a digest with a damaged name, meaning or digits is an error, not a missing digest', () => {
  const digits = decodeSafetensors(sound, 'model').digest!;
  for (const bytes of [
    with_('deepbelief.digest', 'deepbelief.Digest'),
    with_('sha256 of the tensors', 'sha512 of the tensors'),
    with_(digits, digits.toUpperCase()),
    with_(digits, 'g'.repeat(64)),
    // The same entries in another order.
    Buffer.from(
      Buffer.from(sound)
        .toString('latin1')
        .replace(/("deepbelief.digest":"[^"]*"),("format":"deepbelief")/, '$2,$1'),
      'latin1',
    ),
  ]) {
    expect(() => decodeSafetensors(bytes, 'model')).toThrow(
      /expected the digest of the file, first in its header/,
    );
  }
});

test('a file without a digest is read, and its digest is absent', () => {
  expect(decodeSafetensors(referenceBytes, 'old').digest).toBeUndefined();
  expect(decodeSafetensorsHeader(referenceBytes, 'old').digest).toBeUndefined();
  expect(decodeSafetensorsHeader(sound, 'new').digest).toBe(decodeSafetensors(sound, 'new').digest);
});

test('without Node’s SHA-256, as in browsers, the digest is the same', () => {
  vi.stubGlobal('process', undefined);
  expect(encodeSafetensors(referenceFile)).toEqual(sound);
  expect(decodeSafetensors(sound, 'model').tensors).toEqual(referenceFile.tensors);
  expect(() => decodeSafetensors(sound.with(sound.length - 1, 7), 'model')).toThrow(
    SafetensorsError,
  );
});
