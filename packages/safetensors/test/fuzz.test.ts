import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type SafetensorsTensor,
} from '../src/index.ts';
import { referenceBytes } from './reference-file.ts';

/** Decodes, or throws a one-line SafetensorsError; anything else fails the test. */
function decodesOrRefuses(bytes: Uint8Array): void {
  try {
    decodeSafetensors(bytes, 'fuzz');
  } catch (error) {
    if (!(error instanceof SafetensorsError) || error.message.includes('\n')) throw error;
  }
}

const runs = { numRuns: 1000, seed: 1 };

test('random bytes decode or are refused', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 200 }), decodesOrRefuses);
  expect(() => fc.assert(property, runs)).not.toThrow();
});

test('random JSON headers decode or are refused', () => {
  const size = fc.oneof(fc.nat(8), fc.maxSafeInteger(), fc.double());
  const info = fc.record(
    {
      dtype: fc.constantFrom('F32', 'F64', 'U8', 'F4'),
      shape: fc.oneof(fc.array(size, { maxLength: 3 }), fc.jsonValue()),
      data_offsets: fc.oneof(fc.tuple(size, size), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const header = fc.dictionary(
    fc.oneof(fc.string(), fc.constant('__metadata__')),
    fc.oneof(info, fc.jsonValue()),
  );
  const file = fc.tuple(header, fc.uint8Array({ maxLength: 16 })).map(([entries, data]) => {
    const text = new TextEncoder().encode(JSON.stringify(entries));
    const length = new Uint8Array(new BigUint64Array([BigInt(text.length)]).buffer);
    return new Uint8Array([...length, ...text, ...data]);
  });
  expect(() => fc.assert(fc.property(file, decodesOrRefuses), runs)).not.toThrow();
});

test('every truncation of a sound file is refused', () => {
  for (let length = 0; length < referenceBytes.length; length++) {
    expect(() => decodeSafetensors(referenceBytes.subarray(0, length), 'cut')).toThrow(
      SafetensorsError,
    );
  }
});

test('every single flipped bit decodes or is refused', () => {
  for (let bit = 0; bit < 8 * referenceBytes.length; bit++) {
    const bytes = referenceBytes.slice();
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => decodesOrRefuses(bytes)).not.toThrow();
  }
});

test('encoded content decodes to the same, and encodes to the same bytes again', () => {
  const float = fc
    .float32Array()
    .map((data): SafetensorsTensor => ({ dtype: 'F32', shape: [data.length], data }));
  const bytes = fc
    .uint8Array()
    .map((data): SafetensorsTensor => ({ dtype: 'U8', shape: [1, data.length], data }));
  const text = fc.string({ unit: 'binary' });
  const name = text.filter((key) => key !== '__metadata__');
  const file = fc.record({
    tensors: fc.dictionary(name, fc.oneof(float, bytes)),
    metadata: fc.dictionary(text, text),
  });
  fc.assert(
    fc.property(file, (content) => {
      const encoded = encodeSafetensors(content);
      const decoded = decodeSafetensors(encoded, 'round trip');
      expect(encodeSafetensors(decoded)).toEqual(encoded);
      expect(new Map(Object.entries(decoded.tensors))).toEqual(
        new Map(Object.entries(content.tensors)),
      );
      expect(new Map(Object.entries(decoded.metadata))).toEqual(
        new Map(Object.entries(content.metadata)),
      );
    }),
    { numRuns: 200, seed: 1 },
  );
});
