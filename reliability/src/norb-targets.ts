import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  createNorbWriter,
  encodeMat,
  infoFromColumns,
  NORB_CATEGORIES,
  NorbFileError,
  openNorbPart,
  openNorbSet,
  parseMat,
  readNorbImages,
  type NorbPart,
} from '@deepbelief/norb';
import { damageBytes } from './damage-bytes.ts';
import { scratchFolder } from './scratch-folder.ts';
import { promise, type Target } from './target.ts';

const SOUND: readonly Uint8Array[] = [
  encodeMat({ dtype: 'uint8', shape: [2, 2, 1, 2], data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255) }),
  encodeMat({ dtype: 'int32', shape: [3], data: Int32Array.of(0, -1, 5) }),
  encodeMat({ dtype: 'int16', shape: [1, 2], data: Int16Array.of(7, -7) }),
  encodeMat({ dtype: 'float32', shape: [2], data: Float32Array.of(0.5, -1) }),
  encodeMat({ dtype: 'float64', shape: [1], data: Float64Array.of(0.1) }),
];

const mat: Target<Uint8Array> = {
  name: 'mat',
  about: '.mat files of NORB',
  prepare: () => ({
    refusals: [NorbFileError],
    mentions: 'file.mat',
    input: (draws) => damageBytes(draws, SOUND),
    run(bytes) {
      const { shape, data } = parseMat(bytes, 'file.mat');
      const product = shape.reduce((count, size) => count * size, 1);
      promise(data.length === product, `shape [${shape.join(', ')}] for ${data.length} numbers`);
    },
  }),
};

/** Damages one of a part's three files. */
interface DamagedPart {
  readonly kind: string;
  readonly packed: boolean;
  readonly bytes: Uint8Array;
}

const PAIRS = 6;
const SIDE = 2;

async function writePart(folder: string): Promise<NorbPart> {
  const options = {
    variant: 'jittered-cluttered',
    set: 'training',
    pairs: PAIRS,
    imageSize: SIDE,
  } as const;
  const writer = await createNorbWriter(folder, options);
  for (let i = 0; i < PAIRS; i++) {
    const category = NORB_CATEGORIES[i % NORB_CATEGORIES.length]!;
    const pose = category === 'none' ? [-1, -1, -1, -1] : [4, i % 9, 2 * i, i % 6];
    const info = infoFromColumns([...pose, 0, 1, 2, 1, 1, 0]);
    await writer.append({ images: new Uint8Array(2 * SIDE * SIDE).fill(i), category, info });
  }
  await writer.close();
  return (await openNorbSet(folder, 'training'))[0]!;
}

const part: Target<DamagedPart> = {
  name: 'norb-part',
  about: "the dat, cat and info files of NORB's parts, gzipped or not",
  short: 40,
  async prepare() {
    const { folder, dispose } = scratchFolder();
    const { file } = await writePart(folder);
    const sound = Object.fromEntries(
      ['dat', 'cat', 'info'].map((kind) => [
        kind,
        readFileSync(file.replace('dat.mat', `${kind}.mat`)),
      ]),
    );
    const write = (kind: string, bytes: Uint8Array, packed: boolean): string => {
      const name = basename(file).replace('dat.mat', `${kind}.mat${packed ? '.gz' : ''}`);
      const path = join(folder, packed ? 'packed' : 'plain', name);
      writeFileSync(path, bytes);
      return path;
    };
    for (const name of ['packed', 'plain']) mkdirSync(join(folder, name));
    const soundBytes = (kind: string, packed: boolean): Uint8Array =>
      packed ? gzipSync(sound[kind]!) : sound[kind]!;
    return {
      refusals: [NorbFileError],
      mentions: folder,
      input(draws) {
        const kind = draws.pick(['dat', 'cat', 'info']);
        const packed = draws.once(2);
        const inside = draws.once(2);
        const bytes = damageBytes(draws, [
          packed && !inside ? gzipSync(sound[kind]!) : sound[kind]!,
          ...SOUND,
        ]);
        return { kind, packed, bytes: packed && inside ? gzipSync(bytes, { level: 1 }) : bytes };
      },
      show: ({ kind, packed, bytes }) =>
        `${kind}${packed ? '.gz' : ''} ${Buffer.from(bytes).toString('hex')}`,
      size: ({ bytes }) => bytes.length,
      async run({ kind, packed, bytes }) {
        const [, , path] = ['cat', 'info', 'dat'].map((other) =>
          write(other, other === kind ? bytes : soundBytes(other, packed), packed),
        );
        const found = await openNorbPart(path!);
        let count = 0;
        for await (const images of readNorbImages(found)) count += images.count;
        promise(
          count === found.pairs && found.categories.length === count,
          `${count} of ${found.pairs} pairs`,
        );
        promise(found.columns.length === 10 * count, `${found.columns.length} columns`);
      },
      dispose,
    };
  },
};

export const norbTargets: readonly Target[] = [mat, part];
