import {
  ArrayFileError,
  encodeNpy,
  encodeNpz,
  parseNpy,
  readArrays,
  type NumericArray,
} from '@deepbelief/arrays';
import { SafetensorsError } from '@deepbelief/safetensors';
import { damageBytes } from './damage-bytes.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { promise, type Target } from './target.ts';

const ARRAYS: readonly NumericArray[] = [
  { dtype: 'uint8', shape: [2, 3], data: Uint8Array.of(0, 1, 2, 127, 128, 255) },
  { dtype: 'bool', shape: [3], data: Uint8Array.of(0, 1, 1) },
  { dtype: 'int64', shape: [1, 2], data: BigInt64Array.of(-1n, 2n ** 60n) },
  { dtype: 'float32', shape: [2, 1, 2], data: Float32Array.of(0, NaN, -1, 3e38) },
  { dtype: 'float64', shape: [], data: Float64Array.of(0.1) },
];

const NPY: readonly Uint8Array[] = ARRAYS.map(encodeNpy);

const DICTS = [
  "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
  "{'descr': '>i8', 'fortran_order': True, 'shape': (3,), }",
  '{"shape": (6L,), "descr": "|b1", "fortran_order": False}',
];

/** A file with a damaged dict of the right length before its numbers. */
function damagedDict(draws: Draws): Uint8Array {
  const text = new TextEncoder().encode(damageText(draws, DICTS));
  const bytes = new Uint8Array(12 + text.length + draws.below(64));
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), draws.pick([2, 3]), 0]);
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, 12);
  return bytes;
}

function checkArray({ shape, data }: NumericArray): void {
  const product = shape.reduce((count, size) => count * size, 1);
  promise(data.length === product, `shape [${shape.join(', ')}] for ${data.length} numbers`);
}

const npy: Target<Uint8Array> = {
  name: 'npy',
  about: "NumPy's NPY files: their bytes, and their headers as text",
  prepare: () => ({
    refusals: [ArrayFileError],
    mentions: 'file.npy',
    input: (draws) => (draws.once(2) ? damagedDict(draws) : damageBytes(draws, NPY)),
    run: (bytes) => checkArray(parseNpy(bytes, 'file.npy')),
  }),
};

const npz: Target<Uint8Array> = {
  name: 'npz',
  about: "NumPy's NPZ files, and other files of arrays",
  short: 100,
  async prepare() {
    const [a, b, c] = ARRAYS as readonly [NumericArray, NumericArray, NumericArray];
    const sound = [
      await encodeNpz({ a, b }),
      await encodeNpz({ b, c }, { compress: true }),
      ...NPY.slice(0, 1),
    ];
    return {
      refusals: [ArrayFileError, SafetensorsError],
      mentions: 'file.npz',
      input: (draws) => damageBytes(draws, sound),
      run: async (bytes) => {
        for (const array of Object.values(await readArrays(bytes, 'file.npz'))) checkArray(array);
      },
    };
  },
};

export const arrayTargets: readonly Target[] = [npy, npz];
