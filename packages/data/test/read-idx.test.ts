import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gunzip } from '../src/gunzip.ts';
import { encodeIdx, IdxError, parseIdx, readIdx } from '../src/index.ts';

const data = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * i) % 65_521);
const plain = encodeIdx({ dtype: 'uint8', shape: [1000, 10, 10], data });
const packed = new Uint8Array(gzipSync(plain));

test('reads a file, gzipped or not', async () => {
  expect(await readIdx(plain, 'file')).toEqual(parseIdx(plain, 'file'));
  expect(await readIdx(packed, 'file.gz')).toEqual(parseIdx(plain, 'file'));
});

test('reads a file with several gzip members', async () => {
  for (const cuts of [[1], [3, 5, 16], [1000, 50_000], [plain.length - 1], [0, plain.length]]) {
    const parts = [0, ...cuts, plain.length].map((end, i, all) =>
      plain.subarray(all[i - 1] ?? 0, end),
    );
    const members = Buffer.concat(parts.map((part) => gzipSync(part)));
    expect(await readIdx(members, 'file.gz')).toEqual(parseIdx(plain, 'file'));
  }
});

test('zeros after the last member are padding, anything else is an error', async () => {
  expect(await readIdx(Buffer.concat([packed, new Uint8Array(512)]), 'file.gz')).toEqual(
    parseIdx(plain, 'file'),
  );
  await expect(readIdx(Buffer.concat([packed, Buffer.from('more')]), 'file.gz')).rejects.toThrow(
    'file.gz: the gzip data cannot be unpacked',
  );
  await expect(readIdx(Buffer.concat([packed, packed]), 'file.gz')).rejects.toThrow(
    `file.gz: the file unpacks to more than ${plain.length} bytes`,
  );
});

test('a file that promises more than the limit is refused from its header', async () => {
  // 3 GB by its dimensions, 16 bytes in fact.
  const promise = new Uint8Array(16);
  promise.set([0, 0, 8, 3]);
  const view = new DataView(promise.buffer);
  [4_000_000, 28, 28].forEach((size, i) => view.setUint32(4 + 4 * i, size));
  await expect(readIdx(gzipSync(promise), 'large.gz')).rejects.toThrow(
    "large.gz: the file's dimensions [4000000, 28, 28] promise 3136000016 bytes, expected at " +
      'most 2147483648: raise maxBytes if the file is right',
  );
  const allowed = readIdx(gzipSync(promise), 'large.gz', { maxBytes: 4e9 });
  await expect(allowed).rejects.toThrow(
    'large.gz: the file has 16 bytes, expected 3136000016, for uint8',
  );
  await expect(readIdx(packed, 'file.gz', { maxBytes: 100_000 })).rejects.toThrow(
    'promise 100016 bytes, expected at most',
  );
});

test('memory grows with what is unpacked, not with what the file promises', () => {
  // 1 GB by its dimensions, 40 MB in fact: no buffer may be three times larger than that.
  const start = new Uint8Array(40 * 2 ** 20);
  start.set([0, 0, 8, 1, 0x40, 0, 0, 0]);
  const large: number[] = [];
  const taken = gunzip(gzipSync(start), 'short.gz', (bytes) => {
    large.push(bytes.buffer.byteLength);
    return undefined;
  });
  expect(taken.length).toBe(start.length);
  expect(Math.max(...large)).toBeLessThan(2 * start.length);
});

test.each([{ maxBytes: 0 }, { maxBytes: NaN }, { limit: 1 }])(
  'the options %o are refused',
  async (options) => {
    await expect(readIdx(plain, 'file', options)).rejects.toThrow(
      /^readIdx: (unknown option limit|option maxBytes is)/,
    );
  },
);

test('a truncated gzip file is an error', async () => {
  for (const length of [2, 10, 20, packed.length >> 1, packed.length - 9, packed.length - 1]) {
    await expect(readIdx(packed.subarray(0, length), 'file.gz')).rejects.toThrow(IdxError);
  }
  await expect(readIdx(packed.subarray(0, packed.length >> 1), 'file.gz')).rejects.toThrow(
    'file.gz: the gzip data cannot be unpacked, expected complete and undamaged gzip data: ' +
      'download the file again',
  );
});

test('a gzip file whose checksum is wrong is an error', async () => {
  const broken = packed.slice();
  broken[broken.length - 6]! ^= 1;
  await expect(readIdx(broken, 'file.gz')).rejects.toThrow(IdxError);
});

test('a file that unpacks to more than it promises is refused before it is unpacked', async () => {
  const bomb = new Uint8Array(64 * 2 ** 20);
  bomb.set(encodeIdx({ dtype: 'uint8', shape: [1], data: new Uint8Array(1) }));
  await expect(readIdx(gzipSync(bomb), 'bomb.gz')).rejects.toThrow(
    /^bomb\.gz: the file unpacks to more than 9 bytes, expected 9, as its dimensions say/,
  );
});

test('gzip data that is not an idx file is refused', async () => {
  await expect(readIdx(gzipSync('not at all'), 'text.gz')).rejects.toThrow(
    /^text\.gz: the first four bytes are 6e 6f 74/,
  );
  await expect(readIdx(gzipSync(''), 'empty.gz')).rejects.toThrow(
    /^empty\.gz: the file ends within its header/,
  );
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
