import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeIdx } from '@deepbelief/data';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import {
  idx,
  SIDE,
  TEST_SIZE,
  TRAIN_SIZE,
  writeIdxFolder,
} from '../../../packages/experiments/test/support/idx-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';

const IMAGES = 'train-images-idx3-ubyte';
const LABELS = 'train-labels-idx1-ubyte';
const TEST_IMAGES = 't10k-images-idx3-ubyte';

/** Spoils a folder of sound idx files. */
type Spoil = (folder: string) => void;

const cases: readonly { readonly what: string; readonly spoil: Spoil; readonly says: RegExp }[] = [
  {
    what: 'no folder',
    spoil: (folder) => rmSync(folder, { recursive: true }),
    says: /there is no train-images-idx3-ubyte.*expected/,
  },
  {
    what: 'a file missing',
    spoil: (folder) => rmSync(join(folder, LABELS)),
    says: /there is no train-labels-idx1-ubyte.*expected/,
  },
  {
    what: 'an empty file',
    spoil: (folder) => truncateSync(join(folder, IMAGES), 0),
    says: /train-images-idx3-ubyte.*0 bytes/,
  },
  {
    what: 'a truncated header',
    spoil: (folder) => truncateSync(join(folder, IMAGES), 10),
    says: /train-images-idx3-ubyte.*header.*10 bytes/,
  },
  {
    what: 'truncated pixels',
    spoil: (folder) => truncateSync(join(folder, IMAGES), 1000),
    says: /train-images-idx3-ubyte.*1000 bytes.*expected/,
  },
  {
    what: 'a wrong magic number',
    spoil: (folder) => writeFileSync(join(folder, IMAGES), 'PK\u0003\u0004 and more of an archive'),
    says: /train-images-idx3-ubyte.*first four bytes.*expected/,
  },
  {
    what: 'damaged gzip',
    spoil: (folder) => {
      const packed = gzipSync(idx([TRAIN_SIZE], new Uint8Array(TRAIN_SIZE)));
      rmSync(join(folder, LABELS));
      writeFileSync(join(folder, `${LABELS}.gz`), packed.subarray(0, packed.length / 2));
    },
    says: /train-labels-idx1-ubyte\.gz/,
  },
  {
    what: 'fewer labels than images',
    spoil: (folder) =>
      writeFileSync(join(folder, LABELS), idx([TRAIN_SIZE - 1], new Uint8Array(TRAIN_SIZE - 1))),
    says: /299.*300|300.*299/,
  },
  {
    what: 'labels of one class',
    spoil(folder) {
      writeFileSync(join(folder, LABELS), idx([TRAIN_SIZE], new Uint8Array(TRAIN_SIZE).fill(10)));
      writeFileSync(
        join(folder, 't10k-labels-idx1-ubyte'),
        idx([TEST_SIZE], new Uint8Array(TEST_SIZE).fill(10)),
      );
    },
    says: /has labels of one class only, expected two classes or more; --fine-tune 0 trains no classifier/,
  },
  {
    what: 'bytes that are all 0 or 1',
    spoil: (folder) =>
      writeFileSync(
        join(folder, IMAGES),
        idx([TRAIN_SIZE, SIDE, SIDE], new Uint8Array(TRAIN_SIZE * SIDE * SIDE).fill(1)),
      ),
    says: /train-images-idx3-ubyte: all bytes are 0 or 1.*set a scale: 1 leaves them/,
  },
  {
    what: 'int32 images that were never scaled',
    spoil: (folder) =>
      writeFileSync(
        join(folder, IMAGES),
        encodeIdx({
          dtype: 'int32',
          shape: [TRAIN_SIZE, SIDE, SIDE],
          data: new Int32Array(TRAIN_SIZE * SIDE * SIDE).fill(255),
        }),
      ),
    says: /train-images-idx3-ubyte: value 0 of image 0 is 255 \(int32\), expected 0 to 1: .*a scale of 1\/255/,
  },
  {
    what: 'test images of another shape',
    spoil: (folder) =>
      writeFileSync(
        join(folder, TEST_IMAGES),
        idx([TEST_SIZE, SIDE, SIDE + 1], new Uint8Array(TEST_SIZE * SIDE * (SIDE + 1))),
      ),
    says: /test images have shape \[8, 9.*expected \[8, 8/,
  },
];

test.each(cases)('a folder of idx files with $what: one line', async ({ spoil, says }) => {
  const folder = temporaryFolder();
  const data = writeIdxFolder(join(folder, 'data'));
  spoil(data);
  const args = [
    'train',
    '--data',
    data,
    '--layers',
    '4',
    '--epochs',
    '1',
    '--out',
    join(folder, 'run'),
  ];
  expect(onlyComplaint(await deepbelief(args))).toMatch(says);
});
