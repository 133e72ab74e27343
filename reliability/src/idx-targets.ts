import { encodeIdx, IdxError, parseIdx } from '@deepbelief/data';
import { damageBytes } from './damage-bytes.ts';
import { promise, type Target } from './target.ts';

/** Sound files: each type of number, one to four dimensions. */
export const SOUND_IDX: readonly Uint8Array[] = [
  encodeIdx({ dtype: 'uint8', shape: [2, 3, 2], data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 254, 255) }),
  encodeIdx({ dtype: 'uint8', shape: [5], data: Uint8Array.of(0, 1, 2, 1, 0) }),
  encodeIdx({ dtype: 'int8', shape: [2, 1, 1, 2], data: Int8Array.of(-1, 0, 1, 127) }),
  encodeIdx({ dtype: 'int16', shape: [3], data: Int16Array.of(-1, 0, 300) }),
  encodeIdx({ dtype: 'int32', shape: [2, 2], data: Int32Array.of(-1, 0, 1, 70_000) }),
  encodeIdx({ dtype: 'float32', shape: [2, 1], data: Float32Array.of(0.5, -2) }),
  encodeIdx({ dtype: 'float64', shape: [1, 2], data: Float64Array.of(0.1, 1e300) }),
];

const idx: Target<Uint8Array> = {
  name: 'idx',
  about: 'idx files, as MNIST has them',
  prepare: () => ({
    refusals: [IdxError],
    mentions: 'images-file',
    input: (draws) => damageBytes(draws, SOUND_IDX),
    run(bytes) {
      const { shape, data } = parseIdx(bytes, 'images-file');
      const product = shape.reduce((count, size) => count * size, 1);
      promise(data.length === product, `shape [${shape.join(', ')}] for ${data.length} numbers`);
    },
  }),
};

export const idxTargets: readonly Target[] = [idx];
