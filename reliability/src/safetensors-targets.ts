import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareImages } from '@deepbelief/data/node';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import { readSafetensorsHeader } from '@deepbelief/safetensors/node';
import { damageBytes } from './damage-bytes.ts';
import { damageJson } from './damage-json.ts';
import { damageText } from './damage-text.ts';
import type { Draws } from './draws.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

/**
 * Sound files: several dtypes, metadata, an empty tensor, a scalar, names that JSON must escape.
 */
const SOUND: readonly Uint8Array[] = [
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
  encodeSafetensors({
    tensors: { bias: { dtype: 'BF16', shape: [2], data: Uint16Array.of(0x3f80, 0x4000) } },
  }),
];

const HEADERS = SOUND.map((bytes) => {
  const end = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, end));
  return { text, header: JSON.parse(text) as unknown, data: bytes.subarray(end) };
});

const NAMES = ['weights', 'dtype', 'shape', 'data_offsets', '__metadata__', 'F32', 'I64', 'format'];

/** A file with a header of the right length before its data, with damaged text or content. */
function damagedHeader(draws: Draws): Uint8Array {
  const { text, header, data } = draws.pick(HEADERS);
  const damaged = draws.once(2)
    ? damageText(draws, [text])
    : JSON.stringify(damageJson(draws, header, { names: NAMES }));
  const bytes = new TextEncoder().encode(damaged);
  const file = new Uint8Array(8 + bytes.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
  file.set(bytes, 8);
  file.set(data, 8 + bytes.length);
  return file;
}

const damagedFile = (draws: Draws): Uint8Array =>
  draws.once(2) ? damagedHeader(draws) : damageBytes(draws, SOUND);

const safetensors: Target<Uint8Array> = {
  name: 'safetensors',
  about: 'safetensors files: their bytes, and their headers as text and as JSON',
  prepare: () => ({
    refusals: [SafetensorsError],
    mentions: 'file.safetensors',
    input: damagedFile,
    run(bytes) {
      const { tensors } = decodeSafetensors(bytes, 'file.safetensors');
      for (const [name, { shape, data }] of Object.entries(tensors)) {
        const product = shape.reduce((count, size) => count * size, 1);
        promise(
          data.length === product,
          `${name} has shape [${shape.join(', ')}] for ${data.length} numbers`,
        );
      }
    },
  }),
};

const headerOnDisk: Target<Uint8Array> = {
  name: 'safetensors-header',
  about: 'headers of safetensors files on the disk',
  short: 500,
  prepare() {
    const { folder, dispose } = scratchFolder();
    const path = join(folder, 'file.safetensors');
    return {
      refusals: [SafetensorsError],
      mentions: path,
      input: damagedFile,
      async run(bytes) {
        writeFileSync(path, bytes);
        const { tensors } = await readSafetensorsHeader(path);
        for (const { position, byteLength } of Object.values(tensors)) {
          promise(position + byteLength <= bytes.length, 'a tensor ends behind the file');
        }
      },
      dispose,
    };
  },
};

/** Damaged prepared images must be prepared again with the right bytes. */
const prepared: Target<Uint8Array> = {
  name: 'prepared-images',
  about: 'files of prepared images: damaged ones are prepared again',
  short: 40,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const path = join(folder, 'images.safetensors');
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const names = new TextEncoder().encode('Ada_0001\nBob_0001');
    const open = () =>
      prepareImages({
        path,
        dependsOn: { version: 1, source: 'a folder' },
        shape: [2, 2],
        values: 'uint8',
        async produce(add) {
          await add(pixels);
          return { names };
        },
      });
    await open();
    const sound = readFileSync(path);
    const end = 8 + Number(sound.readBigUInt64LE(0));
    const header: unknown = JSON.parse(sound.toString('utf8', 8, end));
    return {
      refusals: [],
      input(draws) {
        if (draws.once(2)) return damageBytes(draws, [sound]);
        const text = Buffer.from(JSON.stringify(damageJson(draws, header)));
        const length = Buffer.alloc(8);
        length.writeBigUInt64LE(BigInt(text.length));
        return Buffer.concat([length, text, sound.subarray(end)]);
      },
      async run(bytes) {
        writeFileSync(path, bytes);
        const images = await open();
        const found = images.read(Uint32Array.of(0, 1));
        promise(images.size === 2 && found.join() === pixels.join(), `images are ${found.join()}`);
        promise(images.extras['names']?.join() === names.join(), 'other extras');
      },
      dispose,
    };
  },
};

export const safetensorsTargets: readonly Target[] = [safetensors, headerOnDisk, prepared];
