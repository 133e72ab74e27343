import {
  copyFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeMatHeader, type MatType } from '../src/mat-header.ts';
import { NorbFileError } from '../src/norb-file-error.ts';
import { norbFileName, type NorbFileName } from '../src/norb-file-name.ts';
import { infoOf } from '../src/norb-part.ts';
import { NORB_VARIANTS, type NorbSet, type NorbVariant } from '../src/norb-variant.ts';
import { openNorb } from '../src/open-norb.ts';
import { readNorbImages } from '../src/read-norb-images.ts';
import { IMAGE_SIZE, pack, writeMadeUp, writePart } from './made-up.ts';

let folder: string;
beforeEach(async () => {
  folder = await writeMadeUp('jittered-cluttered');
});
afterEach(() => rm(folder, { recursive: true }));

function path(kind: NorbFileName['kind'], set: NorbSet = 'training', part = 1): string {
  return join(
    folder,
    norbFileName({ variant: 'jittered-cluttered', set, part, imageSize: IMAGE_SIZE, kind }),
  );
}

test.each(['plain', 'gzipped'])(
  'parts with files %s know their pairs, categories and info',
  async (how) => {
    if (how === 'gzipped') await pack(folder);
    const { variant, training, testing } = await openNorb(folder);
    expect(variant).toBe('jittered-cluttered');
    expect(training.map(({ part }) => part)).toEqual([1, 2]);
    expect(testing).toHaveLength(1);
    const [part] = training;
    expect(part).toMatchObject({ set: 'training', pairs: 30, imageSize: IMAGE_SIZE });
    expect([...part!.categories.subarray(0, 7)]).toEqual([0, 1, 2, 3, 4, 5, 0]);
    expect(infoOf(part!, 7)).toMatchObject({ instance: 6, elevation: 7, azimuth: 14, lighting: 1 });
    expect(infoOf(part!, 5)).toMatchObject({
      instance: -1,
      jitter: { horizontalShift: 1, scale: 1, rotation: -4 },
    });
    expect(() => infoOf(part!, 30)).toThrow(/index is 30, expected a whole number from 0 to 29/);
  },
);

test('small NORB has four columns and no jitter', async () => {
  const small = await writeMadeUp('small');
  const { variant, training } = await openNorb(small);
  expect(variant).toBe('small');
  expect(infoOf(training[0]!, 24)).toEqual({ instance: 9, elevation: 6, azimuth: 12, lighting: 0 });
  await rm(small, { recursive: true });
});

test('for a folder with both kinds, you must say which', async () => {
  await writePart(folder, 'small', 'training');
  await writePart(folder, 'small', 'testing');
  await expect(openNorb(folder)).rejects.toThrow(
    /holds small and jittered-cluttered NORB, .*: say which one/,
  );
  expect((await openNorb(folder, 'small')).training).toHaveLength(1);
});

/** Files of the exact original layout and size, sparse. */
async function writeOriginalLayout(directory: string, variant: NorbVariant): Promise<void> {
  const { pairs, imageSize, infoColumns, parts } = NORB_VARIANTS[variant];
  const sparse = async (
    name: Omit<NorbFileName, 'variant' | 'imageSize'>,
    dtype: MatType,
    shape: number[],
  ) => {
    const header = encodeMatHeader(dtype, shape);
    const bytes = header.length + shape.reduce((a, b) => a * b, dtype === 'uint8' ? 1 : 4);
    const file = await open(join(directory, norbFileName({ ...name, variant, imageSize })), 'w');
    await file.write(header);
    await file.truncate(bytes);
    await file.close();
  };
  for (const set of ['training', 'testing'] as const) {
    for (let part = 1; part <= parts[set]; part++) {
      await sparse({ set, part, kind: 'dat' }, 'uint8', [pairs, 2, imageSize, imageSize]);
      await sparse({ set, part, kind: 'cat' }, 'int32', [pairs]);
      await sparse({ set, part, kind: 'info' }, 'int32', [pairs, infoColumns]);
    }
  }
}

test.each([
  ['jittered-cluttered', 291_600, 58_320],
  ['small', 24_300, 24_300],
] as const)('%s NORB of the original layout and size opens', async (variant, training, testing) => {
  const directory = await mkdtemp(join(tmpdir(), 'norb-'));
  await writeOriginalLayout(directory, variant);
  const parts = await openNorb(directory);
  const pairs = (set: NorbSet): number => parts[set].reduce((sum, part) => sum + part.pairs, 0);
  expect([pairs('training'), pairs('testing')]).toEqual([training, testing]);
  await rm(directory, { recursive: true });
});

async function complaint(directory = folder): Promise<NorbFileError> {
  return openNorb(directory).then(
    () => expect.fail('no error'),
    (error: unknown) => error as NorbFileError,
  );
}

async function overwrite(file: string, offset: number, ...bytes: number[]): Promise<void> {
  const content = await readFile(file);
  content.set(bytes, offset);
  await writeFile(file, content);
}

const mistakes: readonly [string, () => Promise<unknown>, RegExp, number | undefined][] = [
  [
    'a dat file cut',
    () => cut(path('dat')),
    /training-01-dat\.mat: the file ends at byte 983, expected 984 bytes/,
    983,
  ],
  [
    'an info file longer',
    () => lengthen(path('info')),
    /-info\.mat: the file continues to byte 1221 at byte 1220/,
    1220,
  ],
  [
    'a dat file of floats',
    () => overwrite(path('dat'), 0, 0x51),
    /-dat\.mat: the file ends at byte 984/,
    984,
  ],
  [
    'a huge cat file',
    () => overwrite(path('cat'), 8, 255, 255, 255, 127),
    /-cat\.mat: the file ends at byte 140/,
    140,
  ],
  [
    'a cat file of floats',
    () => overwrite(path('cat'), 0, 0x51),
    /magic number is that of float32 at byte 0, expected that of int32, 54/,
    0,
  ],
  [
    'info where cat should be',
    () => copyFile(path('info'), path('cat')),
    /-cat\.mat: the shape is \[30, 10\] at byte 4, expected \[30\], as many as the pairs of norb-/,
    4,
  ],
  [
    'a category of 6',
    () => overwrite(path('cat'), 24, 6),
    /category of pair 1 is 6 at byte 24, expected 0 to 5/,
    24,
  ],
  [
    'no cat file',
    () => rm(path('cat')),
    /-cat\.mat: there is no such file, with or without \.gz/,
    undefined,
  ],
  [
    'no first part',
    () => rm(path('dat')),
    /there is no training part 1, expected norb-5x46789x9x18x6x2x108x108-training-01-dat\.mat or/,
    undefined,
  ],
  ['no test part', () => rm(path('dat', 'testing')), /there is no testing part 1/, undefined],
  [
    'a name of another image size',
    renameLarger,
    /the shape is \[30, 2, 4, 4\] at byte 4, expected \[pairs, 2, 5, 5\] by its name/,
    4,
  ],
];

async function cut(file: string): Promise<void> {
  await writeFile(file, (await readFile(file)).subarray(0, -1));
}

async function lengthen(file: string): Promise<void> {
  await writeFile(file, Buffer.concat([await readFile(file), Buffer.of(0)]));
}

async function renameLarger(): Promise<void> {
  for (const kind of ['dat', 'cat', 'info'] as const)
    await rename(path(kind), path(kind).replace('4x4', '5x5'));
}

test.each(mistakes)('%s gives a one-line error', async (_, make, message, offset) => {
  await make();
  const error = await complaint();
  expect(error).toBeInstanceOf(NorbFileError);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain('\n');
  expect(error.offset).toBe(offset);
});

test('a gzipped header that claims gigabytes allocates none', async () => {
  await pack(folder);
  const file = `${path('cat')}.gz`;
  await writeFile(file, gzipSync(encodeMatHeader('int32', [2 ** 31 - 1])));
  expect((await complaint()).message).toMatch(
    /the shape is \[2147483647\] at byte 4, expected \[30\]/,
  );
  const dat = `${path('dat')}.gz`;
  await writeFile(dat, gzipSync(encodeMatHeader('uint8', [2 ** 22, 2, 4, 4])));
  await writeFile(file, gzipSync(encodeMatHeader('int32', [2 ** 22])));
  const before = process.memoryUsage().arrayBuffers;
  expect((await complaint()).message).toMatch(
    /-cat\.mat\.gz: the file ends at byte 20, expected 16777236 bytes/,
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  await writeFile(dat, gzipSync(encodeMatHeader('uint8', [2 ** 31 - 1, 2, 4, 4])));
  expect((await complaint()).message).toMatch(
    /there are 2147483647 pairs at byte 8, expected at most 4194304/,
  );
});

test('a missing folder gives a one-line error', async () => {
  await expect(openNorb(join(folder, 'none'))).rejects.toThrow(
    /none: the folder cannot be read \(ENOENT.*: check the path$/,
  );
});

/** Goes through the first training part. */
async function readFirst(directory: string): Promise<undefined> {
  const { training } = await openNorb(directory);
  for await (const { images } of readNorbImages(training[0]!))
    if (images.length === 0) throw new Error('no images');
  return undefined;
}

test('whatever bytes change, files are read or give a one-line error', async () => {
  const names = (await readdir(folder)).filter((name) => name.includes('training-01'));
  const sound = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name))] as const),
    ),
  );
  const checked = fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 255 })), { maxLength: 4 }),
      fc.option(fc.nat({ max: 1300 })),
      async (name, edits, length) => {
        const bytes = Buffer.from(sound.get(name)!);
        for (const [at, value] of edits) bytes[at] = value;
        await writeFile(
          join(folder, name),
          length === null ? bytes : Buffer.concat([bytes, bytes]).subarray(0, length),
        );
        const problem = await readFirst(folder).catch((error: unknown) => error);
        await writeFile(join(folder, name), sound.get(name)!);
        if (problem === undefined) return true;
        return (
          problem instanceof NorbFileError &&
          /^[^\n]+, expected [^\n]+: [^\n]+$/.test(problem.message)
        );
      },
    ),
    { numRuns: 150, seed: 5 },
  );
  await expect(checked).resolves.toBeUndefined();
});
