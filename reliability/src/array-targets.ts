import {
  ArrayFileError,
  encodeNpy,
  encodeNpz,
  parseNpy,
  readArrays,
  readCsr,
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

const csr: Target<Uint8Array> = {
  name: 'csr',
  about: 'sparse matrices in NPZ files, as scipy.sparse writes them',
  short: 100,
  async prepare() {
    const ints = (...numbers: number[]): NumericArray => ({
      dtype: 'int32',
      shape: [numbers.length],
      data: Int32Array.from(numbers),
    });
    const parts = {
      indices: ints(1, 0, 2),
      indptr: ints(0, 1, 1, 3),
      // The letters csr, at the end of their file as in scipy's.
      format: { dtype: 'uint8', shape: [3], data: Uint8Array.of(99, 115, 114) } as const,
      shape: ints(3, 3),
      data: { dtype: 'float64', shape: [3], data: Float64Array.of(1, -2, 0.5) } as const,
    };
    const sound = [await encodeNpz(parts), await encodeNpz(parts, { compress: true })];
    const others: readonly NumericArray[] = [
      ints(),
      ints(-1, 0, 1),
      ints(0, 3, 1, 3),
      ints(0, 1, 2, 4),
      ints(2 ** 31 - 1, 3),
      ints(3, 2, 1),
    ];
    for (const part of ['indices', 'indptr', 'shape', 'data'])
      for (const other of others) sound.push(await encodeNpz({ ...parts, [part]: other }));
    return {
      refusals: [ArrayFileError],
      mentions: 'matrix.npz',
      // Also sound archives whose parts do not belong together.
      input: (draws) => (draws.once(4) ? draws.pick(sound) : damageBytes(draws, sound)),
      run: async (bytes) => {
        const { shape, indptr, indices, data } = await readCsr(bytes, 'matrix.npz');
        promise(indptr.length === shape[0] + 1, 'indptr does not fit the shape');
        promise(indptr.at(-1) === data.length, 'indptr does not end with the values');
        promise(
          indices.every((column) => column < shape[1]),
          'a column is beyond the shape',
        );
        promise(data.every(Number.isFinite), 'a value is not finite');
      },
    };
  },
};

export const arrayTargets: readonly Target[] = [npy, npz, csr];
