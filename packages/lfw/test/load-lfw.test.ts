import { cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { areaResample } from '@deepbelief/data';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodePicture } from '../src/decode-picture.ts';
import {
  LfwError,
  loadLfw,
  pairIndices,
  parsePairs,
  readFace,
  type LfwImages,
  type LoadLfwOptions,
} from '../src/index.ts';
import { jpeg, temporaryFolder, tgz } from './files.ts';
import { checkTensors } from './setup.ts';

checkTensors();
const folder = temporaryFolder();

/** Not in the order of their names, as in an archive that was packed so. */
const NAMES = ['C_0001', 'B_x_0002', 'A_0001', 'B_x_0001'];
const path = (name: string): string => `${name.replace(/_\d+$/, '')}/${name}.jpg`;
const bytesOf = (name: string): Promise<Buffer> => jpeg(NAMES.indexOf(name) * 60, 100, 7, 25);

async function writeArchive(
  names: readonly string[] = NAMES,
  changed: Record<string, Uint8Array> = {},
): Promise<void> {
  const entries = await Promise.all(
    names.map(async (name) => ({
      name: `lfw/${path(name)}`,
      bytes: changed[name] ?? (await bytesOf(name)),
    })),
  );
  await writeFile(folder('lfw.tgz'), await tgz(entries));
}

async function writeFolder(names: readonly string[] = NAMES): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(folder('lfw', path(name))), { recursive: true });
    await writeFile(folder('lfw', path(name)), await bytesOf(name));
  }
}

/** Loads, and counts how many images were prepared for it. */
async function load(
  options: Partial<LoadLfwOptions> = {},
): Promise<{ images: LfwImages; prepared: number }> {
  let prepared = 0;
  const images = await loadLfw({
    source: folder('lfw.tgz'),
    cache: folder('cache'),
    size: 4,
    complete: false,
    onProgress: (done) => (prepared = done),
    ...options,
  });
  return { images, prepared };
}

async function valuesOf(images: LfwImages, ...indices: number[]): Promise<number[]> {
  const inputs = await images.inputsAt(Uint32Array.from(indices));
  const values = [...(await inputs.data())];
  inputs.dispose();
  return values;
}

test('images are a dataset in the order of their names, the same from an archive or a folder', async () => {
  await writeArchive();
  await writeFolder();
  const found = [];
  for (const source of [folder('lfw.tgz'), folder('lfw')]) {
    const { images, prepared } = await load({ source, cache: folder(`cache of ${source.length}`) });
    expect(prepared).toBe(4);
    expect(images).toMatchObject({ name: 'lfw', shape: [4, 4, 3], size: 4 });
    expect(images.names).toEqual(['A_0001', 'B_x_0001', 'B_x_0002', 'C_0001']);
    expect(images.names.map((name) => images.indexOf(name))).toEqual([0, 1, 2, 3]);
    expect(images.indexOf('D_0001')).toBeUndefined();
    found.push(await valuesOf(images, 3, 0, 1, 2));
  }
  expect(found[0]).toEqual(found[1]);
  // 4×4×3 values each: red is 60 times the place in NAMES, up to what JPEG and whole gray levels
  // take away.
  for (const [i, name] of ['C_0001', 'A_0001', 'B_x_0001', 'B_x_0002'].entries()) {
    expect(Math.abs(found[0]![48 * i]! * 255 - 60 * NAMES.indexOf(name))).toBeLessThan(3);
  }
});

test('float32 values are exact area averages; uint8 values are off by at most half a gray level', async () => {
  await writeArchive();
  const { pixels } = await decodePicture(await bytesOf('B_x_0002'), 'B', true, 2 ** 25);
  const middle = Uint8Array.from({ length: 14 * 14 * 3 }, (_, k) => {
    const [x, y] = [Math.floor(k / 3) % 14, Math.floor(k / 42)];
    return pixels[((y + 5) * 25 + x + 5) * 3 + (k % 3)]!;
  });
  const expected = areaResample(middle, [14, 14, 3], [4, 4]);
  const exact = await valuesOf((await load({ values: 'float32' })).images, 2);
  const rounded = await valuesOf((await load()).images, 2);
  for (const [k, value] of expected.entries()) {
    expect(exact[k]).toBeCloseTo(value / 255, 6);
    expect(Math.abs(rounded[k]! * 255 - value)).toBeLessThan(0.5001);
  }
  expect(await readFace(await bytesOf('B_x_0002'), { size: 4 })).toEqual(
    expected.map((value) => value / 255),
  );
});

test('they are prepared once, and again when the source, an option or the eyes change', async () => {
  await writeArchive();
  const eyes = folder('eyes.tsv');
  const lines = NAMES.map((name) => `${name}.jpg\t8\t10\t16\t10`);
  await writeFile(eyes, lines.join('\n'));
  expect((await load()).prepared).toBe(4);
  expect((await load()).prepared).toBe(0);
  for (const options of [{ size: 5 }, { color: false }, { values: 'float32' }, { eyes }] as const) {
    expect((await load(options)).prepared).toBe(4);
    expect((await load(options)).prepared).toBe(0);
    // Each has a file of its own.
    expect((await load()).prepared).toBe(0);
  }
  expect((await load({ window: 1 })).prepared).toBe(4);
  expect((await load({ window: 1 })).prepared).toBe(0);

  await writeFile(eyes, lines.join('\n').replaceAll('16', '17'));
  expect((await load({ eyes })).prepared).toBe(4);
  await utimes(folder('lfw.tgz'), 1, 1);
  expect((await load({ window: 1 })).prepared).toBe(4);
  const { images } = await load({ eyes });
  await writeFile(images.path, (await readFile(images.path)).fill(1, 5000, 5004));
  expect((await load({ eyes })).prepared).toBe(4);
  expect((await load({ color: false })).images.shape).toEqual([4, 4]);
});

test('a folder of images counts as changed when a file is added, changed or removed', async () => {
  await writeFolder(NAMES.slice(1));
  const source = folder('lfw');
  expect((await load({ source })).prepared).toBe(3);
  expect((await load({ source })).prepared).toBe(0);
  await writeFolder(NAMES.slice(0, 1));
  expect((await load({ source })).prepared).toBe(4);
  await utimes(folder('lfw', path('A_0001')), 5, 5);
  expect((await load({ source })).prepared).toBe(4);
  await rm(folder('lfw', 'C'), { recursive: true });
  expect((await load({ source })).prepared).toBe(3);
});

test('counts that differ from the data set’s are an error that says what is missing', async () => {
  await writeArchive(['C_0001', 'B_x_0003', 'B_x_0001']);
  await expect(load({ complete: true })).rejects.toThrow(
    /lfw\.tgz: 3 images of 2 people \(B_x_0002 is missing, for one\), expected 13233 of 5749: get it again, or set complete/,
  );
  await writeFile(
    folder('lfw.tgz'),
    await tgz([{ name: 'lfw/README', bytes: Buffer.from('read me') }]),
  );
  await expect(load()).rejects.toThrow(
    /lfw\.tgz: it holds no images \(passed over: 1 other\), expected files Name\/Name_0001\.jpg in it/,
  );
  await expect(load({ source: folder('none.tgz') })).rejects.toThrow(
    /none\.tgz: cannot be found \(ENOENT.*expected lfw\.tgz, .*: get lfw-deepfunneled\.tgz from the Internet Archive/,
  );
});

test('an image that is damaged, duplicate or without eyes is an error, and nothing is written', async () => {
  const cut = (await bytesOf('A_0001')).subarray(0, 200);
  await writeArchive(NAMES, { A_0001: cut });
  await expect(load()).rejects.toThrow(LfwError);
  await expect(load()).rejects.toThrow(/^lfw\.tgz: lfw\/A\/A_0001\.jpg: it cannot be decoded \(/);
  await writeArchive([...NAMES, 'A_0001']);
  await expect(load()).rejects.toThrow(
    /^lfw\.tgz: lfw\/A\/A_0001\.jpg: the image is there twice, expected once/,
  );
  await writeArchive();
  await writeFile(folder('eyes.tsv'), 'A_0001\t8\t10\t16\t10');
  await expect(load({ eyes: folder('eyes.tsv') })).rejects.toThrow(
    /^lfw\.tgz: lfw\/C\/C_0001\.jpg: eyes\.tsv has no eye positions of it/,
  );
  await expect(load({ eyes: folder('none') })).rejects.toThrow(/none: cannot be read \(ENOENT/);
  expect((await readdir(folder())).toSorted()).toEqual(['cache', 'eyes.tsv', 'lfw.tgz']);
  expect(await readdir(folder('cache'))).toEqual([]);
});

test('an entry that leads out of the archive leaves nothing behind, inside the cache or outside', async () => {
  const good = { name: `lfw/${path('A_0001')}`, bytes: await bytesOf('A_0001') };
  const evil = { name: '../../E/E_0001.jpg', bytes: await bytesOf('A_0001') };
  await mkdir(folder('deep', 'er'), { recursive: true });
  await writeFile(folder('lfw.tgz'), await tgz([good, evil]));
  await expect(load({ cache: folder('deep', 'er', 'cache') })).rejects.toThrow(
    'the entry has a path with ".."',
  );
  const all = await readdir(folder(), { recursive: true });
  expect(all.toSorted()).toEqual(['deep', 'deep/er', 'deep/er/cache', 'lfw.tgz']);
});

test('only the cache is written to', async () => {
  await writeFolder();
  await cp(folder('lfw'), folder('copy'), { recursive: true });
  const before = await stat(folder('lfw', path('A_0001')));
  await load({ source: folder('lfw') });
  expect((await readdir(folder())).toSorted()).toEqual(['cache', 'copy', 'lfw']);
  expect(await readdir(folder('cache'))).toEqual([
    expect.stringMatching(/^lfw-4x4-color-uint8-[\da-f]{8}\.safetensors$/),
  ]);
  expect((await stat(folder('lfw', path('A_0001')))).mtimeMs).toBe(before.mtimeMs);
});

test('pairs are found among the images', async () => {
  await writeArchive();
  const { images } = await load();
  const { folds } = parsePairs('1\nB_x\t2\t1\nA\t1\tC\t1\n', 'pairs.txt');
  expect(pairIndices(images, folds.flat())).toEqual([
    { first: 2, second: 1, same: true },
    { first: 0, second: 3, same: false },
  ]);
});

test('skipped files are reported, also when the prepared images are opened again', async () => {
  await writeFolder();
  expect((await load({ source: folder('lfw') })).images.passedOver).toEqual({});
  await writeFile(folder('lfw/A/A_0002.bmp'), '');
  await writeFile(
    folder('lfw/A/A_0003.png'),
    await sharp(await bytesOf('A_0001'))
      .png()
      .toBuffer(),
  );
  for (const prepared of [5, 0]) {
    const loaded = await load({ source: folder('lfw') });
    expect(loaded.prepared).toBe(prepared);
    expect(loaded.images.passedOver).toEqual({ '.bmp': 1 });
    expect(loaded.images.names).toContain('A_0003');
  }
});

test('an image in two formats, unknown options and limits are one-line errors', async () => {
  await writeFolder();
  await writeFile(folder('lfw/A/A_0001.png'), await bytesOf('A_0001'));
  await expect(load({ source: folder('lfw') })).rejects.toThrow(
    'lfw: A/A_0001.png: the image is there twice',
  );
  await expect(load({ colour: false } as object)).rejects.toThrow(
    'loadLfw: unknown option colour, expected only size',
  );
  await expect(load({ values: 'int8' as 'uint8' })).rejects.toThrow(
    'loadLfw: option values is "int8", expected one of uint8, float32',
  );
  await writeArchive();
  await expect(load({ limits: { entries: 3 } })).rejects.toThrow(
    /lfw\.tgz: more than 3 entries, expected no more/,
  );
});
