import {
  areaResample,
  idxDataset,
  inMemoryDataset,
  readIdx,
  split,
  take,
  type IndexedDataset,
} from '@deepbelief/data';
import { Refusal } from '../engine/problems.ts';
import type { NamedFile } from '../engine/protocol.ts';
import { ExampleStore } from './example-store.ts';
import type { PlaygroundData } from './playground-data.ts';

/** An image's pixels: red, green, blue and alpha of each, row after row. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** Decodes a picture file; throws if it is not a picture. */
export type DecodePicture = (file: NamedFile) => Promise<DecodedPicture>;

/** Width and height that pictures are scaled to. */
const SIDE = 28;

/** The most pixels per image in an idx file. */
const MOST_PIXELS = 4096;

/** The most examples that are kept. */
const MOST_EXAMPLES = 10_000;

const BACK = { kind: 'digits', label: 'Go back to the digits' } as const;

/**
 * Makes data from the visitor's files: one idx file of images (and one of labels), or pictures. A
 * tenth is held out as test examples.
 *
 * @throws Refusal or IdxError with a sentence about what is wrong
 */
export async function ownFiles(
  files: readonly NamedFile[],
  decode: DecodePicture,
): Promise<PlaygroundData> {
  if (files.length === 0)
    throw new Refusal('There is no file. Choose an idx file or pictures.', BACK);
  const idx = files.filter(isIdx);
  const other = files.find((file) => !isIdx(file));
  if (idx.length > 0 && other !== undefined) {
    throw new Refusal(
      `${other.name} is not an idx file, but others are. Choose only idx files, or only pictures.`,
      BACK,
    );
  }
  const all = idx.length > 0 ? await fromIdx(idx) : await fromPictures(files, decode);
  if (all.size < 20) {
    throw new Refusal(
      `There are ${all.size} images, but training needs at least 20. Choose more files.`,
      BACK,
    );
  }
  const dataset = take(all, Math.min(all.size, MOST_EXAMPLES));
  const held = Math.min(1000, Math.max(10, Math.floor(dataset.size / 10)));
  const [training, test] = split(dataset, [dataset.size - held, held]);
  const [height = 1, width = 1] = dataset.shape;
  const { size, labels, classes } = training;
  const store = new ExampleStore({
    name: idx.length > 0 ? idx.map(({ name }) => name).join(', ') : `${files.length} pictures`,
    width,
    height,
    size,
    chunk: size,
    ...(labels && { labels }),
    ...(classes !== undefined && classes > 1 && { classes }),
  });
  store.add(await bytesOf(training));
  return { store, test: Promise.resolve(test), own: true };
}

/**
 * Tells an idx file by its name or its first bytes: gzip's, or two zeros and the code of a number
 * type.
 */
function isIdx({ name, bytes: [a, b, c = 0] }: NamedFile): boolean {
  return (
    /idx|ubyte|\.gz$/i.test(name) ||
    (a === 0x1f && b === 0x8b) ||
    (a === 0 && b === 0 && c >= 8 && c <= 14)
  );
}

async function fromIdx(files: readonly NamedFile[]): Promise<IndexedDataset> {
  const arrays = await Promise.all(
    files.map(async ({ name, bytes }) => ({ name, array: await readIdx(bytes, name) })),
  );
  const images = arrays.filter(({ array }) => array.shape.length > 1);
  const labels = arrays.filter(({ array }) => array.shape.length === 1);
  if (images.length !== 1 || labels.length > 1) {
    throw new Refusal(
      `Among the idx files, ${images.length} hold images and ${labels.length} hold labels. ` +
        'Choose one file of images and, if there is one, the file of its labels.',
      BACK,
    );
  }
  const [{ name, array }] = images as [(typeof images)[0]];
  const [, height = 1, width = 1, ...others] = array.shape;
  if (others.some((side) => side !== 1) || height * width > MOST_PIXELS) {
    throw new Refusal(
      `${name} has images of ${array.shape.slice(1).join(' × ')}. Choose gray images of at ` +
        `most ${MOST_PIXELS} pixels.`,
      BACK,
    );
  }
  const find = (wanted: string): NamedFile => files.find((file) => file.name === wanted)!;
  const dataset = await idxDataset({
    name,
    images: find(name),
    ...(labels[0] && { labels: find(labels[0].name) }),
  });
  if (array.dtype === 'uint8') return { ...dataset, shape: [height, width] };
  throw new Refusal(
    `${name} holds ${array.dtype} numbers. Choose a file of bytes, like MNIST's.`,
    BACK,
  );
}

async function fromPictures(
  files: readonly NamedFile[],
  decode: DecodePicture,
): Promise<IndexedDataset> {
  if (files.length > MOST_EXAMPLES) {
    const [found, most] = [files.length, MOST_EXAMPLES].map((count) =>
      count.toLocaleString('en-US'),
    );
    throw new Refusal(
      `There are ${found} pictures, but this page accepts up to ${most}. Choose fewer.`,
      BACK,
    );
  }
  const inputs = new Uint8Array(files.length * SIDE * SIDE);
  for (const [i, file] of files.entries()) {
    const picture = await decode(file).catch((error: unknown) => {
      if (error instanceof Refusal)
        throw new Refusal(`${file.name}: ${error.message}. Leave it out.`, BACK);
      throw new Refusal(
        `${file.name} is neither a picture that this browser can read nor an idx file. Leave ` +
          'it out and choose the others again.',
        BACK,
      );
    });
    inputs.set(graySquare(picture), i * SIDE * SIDE);
  }
  return inMemoryDataset({ name: `${files.length} pictures`, inputs, shape: [SIDE, SIDE] });
}

/** Returns the middle square in gray (Rec. 601 luma); transparent parts become white. */
function graySquare({ width, height, rgba }: DecodedPicture): Uint8Array {
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const gray = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = 4 * ((y + top) * width + x + left);
      const opacity = rgba[at + 3]! / 255;
      const luma = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
      gray[y * side + x] = luma * opacity + 255 * (1 - opacity);
    }
  }
  return Uint8Array.from(areaResample(gray, [side, side, 1], [SIDE, SIDE]), (value) =>
    Math.round(value),
  );
}

async function bytesOf(dataset: IndexedDataset): Promise<Uint8Array> {
  const inputs = await dataset.inputsAt(Uint32Array.from({ length: dataset.size }, (_, i) => i));
  const bytes = Uint8Array.from(await inputs.data(), (value) => Math.round(value * 255));
  inputs.dispose();
  return bytes;
}
