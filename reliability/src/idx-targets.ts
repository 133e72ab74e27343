import { gzipSync } from 'node:zlib';
import {
  encodeIdx,
  idxDataset,
  IdxError,
  parseIdx,
  readIdx,
  type IdxArray,
} from '@deepbelief/data';
import { damageBytes } from './damage-bytes.ts';
import { promise, type Target } from './target.ts';

/** Sound files: each number type, one to four dimensions. */
const SOUND: readonly Uint8Array[] = [
  encodeIdx({
    dtype: 'uint8',
    shape: [2, 3, 2],
    data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 254, 255),
  }),
  encodeIdx({ dtype: 'uint8', shape: [5], data: Uint8Array.of(0, 1, 2, 1, 0) }),
  encodeIdx({ dtype: 'int8', shape: [2, 1, 1, 2], data: Int8Array.of(-1, 0, 1, 127) }),
  encodeIdx({ dtype: 'int16', shape: [3], data: Int16Array.of(-1, 0, 300) }),
  encodeIdx({ dtype: 'int32', shape: [2, 2], data: Int32Array.of(-1, 0, 1, 70_000) }),
  encodeIdx({ dtype: 'float32', shape: [2, 1], data: Float32Array.of(0.5, -2) }),
  encodeIdx({ dtype: 'float64', shape: [1, 2], data: Float64Array.of(0.1, 1e300) }),
];

const LABELS: readonly Uint8Array[] = [
  encodeIdx({ dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 3) }),
  encodeIdx({ dtype: 'int32', shape: [2], data: Int32Array.of(1, 0) }),
  encodeIdx({ dtype: 'int32', shape: [2, 8], data: new Int32Array(16) }),
];

/** Gzipped, some with two members. */
const PACKED: readonly Uint8Array[] = SOUND.flatMap((bytes) => [
  gzipSync(bytes),
  Buffer.concat([gzipSync(bytes.subarray(0, 5)), gzipSync(bytes.subarray(5))]),
]);

function checkArray({ shape, data }: IdxArray): void {
  const product = shape.reduce((count, size) => count * size, 1);
  promise(data.length === product, `shape [${shape.join(', ')}] for ${data.length} numbers`);
}

const idx: Target<Uint8Array> = {
  name: 'idx',
  about: 'idx files, like those of MNIST',
  prepare: () => ({
    refusals: [IdxError],
    mentions: 'images-file',
    input: (draws) => damageBytes(draws, SOUND),
    run: (bytes) => checkArray(parseIdx(bytes, 'images-file')),
  }),
};

const gzippedIdx: Target<Uint8Array> = {
  name: 'idx-gzip',
  about: 'gzipped idx files, damaged before or after packing',
  short: 400,
  prepare: () => ({
    refusals: [IdxError],
    mentions: 'images-file',
    input: (draws) =>
      draws.once(2)
        ? gzipSync(damageBytes(draws, SOUND), { level: 1 })
        : damageBytes(draws, PACKED),
    run: async (bytes) => checkArray(await readIdx(bytes, 'images-file')),
  }),
};

const dataset: Target<readonly [images: Uint8Array, labels: Uint8Array]> = {
  name: 'idx-dataset',
  about: 'datasets of an idx file of images and one of labels',
  prepare: () => ({
    refusals: [IdxError, RangeError],
    mentions: 'file',
    input: (draws) => [
      damageBytes(draws, SOUND),
      draws.once(2) ? damageBytes(draws, LABELS) : draws.pick(LABELS),
    ],
    show: (files) => files.map((bytes) => Buffer.from(bytes).toString('hex')).join(' '),
    size: ([images, labels]) => images.length + labels.length,
    async run([images, labels]) {
      const found = await idxDataset({
        name: 'file',
        images: { name: 'images-file', bytes: images },
        labels: { name: 'labels-file', bytes: labels },
      });
      const inputs = await found.inputsAt(Uint32Array.of(0));
      const values = inputs.dataSync();
      inputs.dispose();
      promise(values.every(Number.isFinite), `an input is not finite: ${values.join()}`);
      const { classes = 0 } = found;
      promise(
        found.labels?.every((label) => label >= 0 && label < classes) ?? false,
        'a label is outside the classes',
      );
    },
  }),
};

export const idxTargets: readonly Target[] = [idx, gzippedIdx, dataset];
