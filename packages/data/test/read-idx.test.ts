import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeIdx, IdxError, parseIdx, readIdx } from '../src/index.ts';

const data = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * i) % 65_521);
const plain = encodeIdx({ dtype: 'uint8', shape: [1000, 10, 10], data });
const packed = new Uint8Array(gzipSync(plain));

test('reads a file packed or not', async () => {
  expect(await readIdx(plain, 'file')).toEqual(parseIdx(plain, 'file'));
  expect(await readIdx(packed, 'file.gz')).toEqual(parseIdx(plain, 'file'));
});

test('a cut gzip file is an error', async () => {
  for (const length of [2, 10, 20, packed.length >> 1, packed.length - 9, packed.length - 1]) {
    await expect(readIdx(packed.subarray(0, length), 'file.gz')).rejects.toThrow(IdxError);
  }
  await expect(readIdx(packed.subarray(0, packed.length >> 1), 'file.gz')).rejects.toThrow(
    'file.gz: the gzip data cannot be unpacked, expected sound and whole gzip data: get the file again',
  );
});

test('a gzip file whose checksum is wrong is an error', async () => {
  const broken = packed.slice();
  broken[broken.length - 6]! ^= 1;
  await expect(readIdx(broken, 'file.gz')).rejects.toThrow(IdxError);
});

test('what unpacks to more than it promises is refused before it is unpacked', async () => {
  const bomb = new Uint8Array(64 * 2 ** 20);
  bomb.set(encodeIdx({ dtype: 'uint8', shape: [1], data: new Uint8Array(1) }));
  await expect(readIdx(gzipSync(bomb), 'bomb.gz')).rejects.toThrow(
    /^bomb\.gz: the file unpacks to more than 9 bytes, expected 9, as its dimensions say/,
  );
});

test('what unpacks to no idx file is refused', async () => {
  await expect(readIdx(gzipSync('not at all'), 'text.gz')).rejects.toThrow(
    /^text\.gz: the first four bytes are 6e 6f 74/,
  );
  await expect(readIdx(gzipSync(''), 'empty.gz')).rejects.toThrow(/^empty\.gz: the file ends within its header/);
});

test('damaged gzip files are read or refused', async () => {
  const small = new Uint8Array(gzipSync(plain.subarray(0, 300)));
  const property = fc.asyncProperty(fc.nat(8 * small.length - 1), async (bit) => {
    const broken = small.slice();
    broken[bit >> 3]! ^= 1 << (bit & 7);
    await readIdx(broken, 'fuzz').catch((error: unknown) => {
      if (!(error instanceof IdxError) || error.message.includes('\n')) throw error;
    });
  });
  await expect(fc.assert(property, { numRuns: 300, seed: 1 })).resolves.toBeUndefined();
});
