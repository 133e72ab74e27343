import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import { damageBytes } from './damage-bytes.ts';
import { promise, type Target } from './target.ts';

/** Sound files: several dtypes, metadata, an empty tensor, a scalar, names that JSON must escape. */
export const SOUND_SAFETENSORS: readonly Uint8Array[] = [
  encodeSafetensors({
    tensors: {
      weights: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 4, 5, 6) },
      'a "quoted"\nname': { dtype: 'I64', shape: [1], data: BigInt64Array.of(-1n) },
      scalar: { dtype: 'F64', shape: [], data: Float64Array.of(0.1) },
      none: { dtype: 'U8', shape: [0, 3], data: new Uint8Array(0) },
      bytes: { dtype: 'BOOL', shape: [3], data: Uint8Array.of(0, 1, 1) },
    },
    metadata: { format: 'pt', note: 'naïve ✓' },
  }),
  encodeSafetensors({ tensors: {} }),
  encodeSafetensors({ tensors: { bias: { dtype: 'BF16', shape: [2], data: Uint16Array.of(0x3f80, 0x4000) } } }),
];

const safetensors: Target<Uint8Array> = {
  name: 'safetensors',
  about: 'safetensors files',
  prepare: () => ({
    refusals: [SafetensorsError],
    mentions: 'file.safetensors',
    input: (draws) => damageBytes(draws, SOUND_SAFETENSORS),
    run(bytes) {
      const { tensors } = decodeSafetensors(bytes, 'file.safetensors');
      for (const [name, { shape, data }] of Object.entries(tensors)) {
        const product = shape.reduce((count, size) => count * size, 1);
        promise(data.length === product, `${name} has shape [${shape.join(', ')}] for ${data.length} numbers`);
      }
    },
  }),
};

export const safetensorsTargets: readonly Target[] = [safetensors];
