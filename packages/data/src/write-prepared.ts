import { argumentError } from '@deepbelief/checks';
import {
  DIGEST_KEY,
  DIGEST_PLACEHOLDER,
  FileDigest,
  type FileBeingWritten,
} from '@deepbelief/safetensors/node';
import { FORMAT, type PreparedExpectation, type PreparedExtras } from './prepared-file.ts';
import { valueCount } from './value-count.ts';

/** Values of one image or several, one after another. */
export type ImageValues = Uint8Array | Float32Array;

/** Bytes gathered before they are written: 1 MB. */
const CHUNK = 2 ** 20;

/** Bytes reserved in the header for numbers and the extras' entries: about thirty extras. */
const SPARE = 4096;

/**
 * Writes a file of prepared images: the images as they come, the extras, and then the header into
 * its reserved place.
 *
 * @param produce passes the images and returns the extras
 * @throws RangeError like `prepareImages`, which describes the file
 */
export async function writePrepared(
  file: FileBeingWritten,
  path: string,
  { key, shape, values }: PreparedExpectation,
  produce: (add: (images: ImageValues) => Promise<void>) => Promise<PreparedExtras | void>,
): Promise<void> {
  const perImage = valueCount(shape, path);
  const start = 8 + Math.ceil((Buffer.byteLength(JSON.stringify(key)) + SPARE) / 64) * 64;
  await file.write(new Uint8Array(start));
  const digest = new FileDigest();
  const writer = gatheringWriter(async (bytes) => {
    digest.add(bytes);
    await file.write(bytes);
  });
  let count = 0;
  const extras = await produce(async (images) => {
    await writer.add(
      values === 'uint8' ? wholeBytes(images, count, perImage, path) : floatBytes(images),
    );
    count += images.length;
  });
  if (count === 0 || count % perImage !== 0) {
    throw argumentError(
      `prepareImages: ${path} got ${count} values, expected one or more images of ` +
        `${perImage} values`,
    );
  }
  const arrays = Object.entries(extras ?? {});
  for (const [, array] of arrays)
    await writer.add(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  await writer.flush();

  const dtype = values === 'uint8' ? 'U8' : 'F32';
  const header: Record<string, unknown> = {
    __metadata__: { [DIGEST_KEY]: DIGEST_PLACEHOLDER, format: FORMAT, key },
  };
  let end = 0;
  const place = (
    name: string,
    type: string,
    dimensions: readonly number[],
    bytes: number,
  ): void => {
    header[name] = { dtype: type, shape: dimensions, data_offsets: [end, (end += bytes)] };
  };
  place('images', dtype, [count / perImage, ...shape], count * (values === 'uint8' ? 1 : 4));
  for (const [name, array] of arrays) {
    place(name, array instanceof Int32Array ? 'I32' : 'U8', [array.length], array.byteLength);
  }
  const json = Buffer.from(JSON.stringify(header));
  if (json.length > start - 8) {
    throw argumentError(
      `prepareImages: the names of ${arrays.length} extras do not fit, expected a few short ones`,
    );
  }
  const bytes = new Uint8Array(start).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  digest.seal(bytes);
  await file.write(bytes, 0);
}

/** Collects bytes into larger writes. */
function gatheringWriter(write: (bytes: Uint8Array) => Promise<void>): {
  add(bytes: Uint8Array): Promise<void>;
  flush(): Promise<void>;
} {
  const chunk = new Uint8Array(CHUNK);
  let filled = 0;
  async function flush(): Promise<void> {
    const bytes = chunk.subarray(0, filled);
    filled = 0;
    await write(bytes);
  }
  return {
    flush,
    async add(bytes) {
      for (let done = 0; done < bytes.length;) {
        const part = bytes.subarray(done, done + CHUNK - filled);
        chunk.set(part, filled);
        filled += part.length;
        done += part.length;
        if (filled === CHUNK) await flush();
      }
    },
  };
}

/** Converts values to bytes: rounded to whole numbers, halves up. */
function wholeBytes(
  images: ImageValues,
  before: number,
  perImage: number,
  path: string,
): Uint8Array {
  if (images instanceof Uint8Array) return images;
  const bad = images.findIndex((value) => !(value >= 0 && value < 255.5));
  if (bad !== -1) {
    throw argumentError(
      `prepareImages: ${path}: a value of image ${Math.floor((before + bad) / perImage)} is ` +
        `${images[bad]}, expected 0 to 255 for uint8: scale the images, or store float32`,
    );
  }
  return Uint8Array.from(images, (value) => Math.floor(value + 0.5));
}

function floatBytes(images: ImageValues): Uint8Array {
  const floats = images instanceof Float32Array ? images : Float32Array.from(images);
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}
