import { assert, constantFrom, integer, oneof, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { philox } from '../src/index.ts';

const hex = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

test('philox reproduces the published vectors of Philox 4x32-10', () => {
  const ones = 0xffffffff;
  expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  expect(hex(philox([ones, ones, ones, ones], [ones, ones]))).toBe(
    '408f276d 41c83b0e a20bc7c6 6d5451fd',
  );
  expect(
    hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])),
  ).toBe('d16cfe09 94fdcceb 5001e420 24126ea1');
});

/**
 * The definition in big integers: ten rounds of two 64-bit products, with the key bumped in
 * between.
 */
function philoxInWholeNumbers(counter: readonly number[], key: readonly number[]): number[] {
  const word = 1n << 32n;
  let [a, b, c, d] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const first = 0xd2511f53n * a;
    const second = 0xcd9e8d57n * c;
    [a, b, c, d] = [(second / word) ^ b ^ k0, second % word, (first / word) ^ d ^ k1, first % word];
    k0 = (k0 + 0x9e3779b9n) % word;
    k1 = (k1 + 0xbb67ae85n) % word;
  }
  return [a, b, c, d].map(Number);
}

test('any counter and key give what exact arithmetic gives', () => {
  const word = oneof(
    integer({ min: 0, max: 0xffffffff }),
    constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff),
  );
  assert(
    property(tuple(word, word, word, word), tuple(word, word), (counter, key) => {
      expect(philox(counter, key)).toEqual(philoxInWholeNumbers(counter, key));
    }),
    { numRuns: 2000, seed: 1 },
  );
});
