import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createNorbWriter,
  finishReplacing,
  infoFromColumns,
  NORB_CATEGORIES,
  NORB_INSTANCES,
  openNorb,
  openNorbSet,
  replaceNorbSets,
} from '../src/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a set of two pairs whose labels and pixels are all `value`, 0 to 4. */
async function writeSet(
  directory: string,
  set: 'training' | 'testing',
  value: number,
): Promise<void> {
  const writer = await createNorbWriter(directory, {
    variant: 'small',
    set,
    pairs: 2,
    imageSize: 8,
  });
  const info = infoFromColumns([NORB_INSTANCES[set][0]!, 0, 0, 0]);
  for (let i = 0; i < 2; i++) {
    await writer.append({
      images: new Uint8Array(128).fill(value),
      category: NORB_CATEGORIES[value]!,
      info,
    });
  }
  await writer.close();
}

/** The labels and pixels of both sets in a folder: one value where all belong together. */
async function valuesIn(directory: string): Promise<Set<number>> {
  const { training, testing } = await openNorb(directory);
  const parts = [...training, ...testing];
  const pixels = await Promise.all(
    parts.map(async ({ file }) => (await readFile(file)).subarray(-128)),
  );
  return new Set([
    ...parts.flatMap(({ categories }) => [...categories]),
    ...pixels.flatMap((bytes) => [...bytes]),
  ]);
}

const both = ['training', 'testing'] as const;

const replaceBy = (value: number): Promise<void> =>
  replaceNorbSets(folder, both, async (staging) => {
    for (const set of both) await writeSet(staging, set, value);
  });

test('new sets replace old ones, also of another variant; other files stay', async () => {
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await writeFile(join(folder, 'norb-5x46789x9x18x6x2x8x8-training-07-dat.mat.gz'), 'old');
  await replaceBy(1);
  expect(await valuesIn(folder)).toEqual(new Set([1]));
  await replaceBy(2);
  expect(await valuesIn(folder)).toEqual(new Set([2]));
  expect(await readdir(folder)).toHaveLength(7);
  expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test('if writing fails, the old sets stay and nothing is left of the new ones', async () => {
  await replaceBy(1);
  const before = await readdir(folder);
  const failing = replaceNorbSets(folder, both, async (staging) => {
    await writeSet(staging, 'training', 2);
    throw new Error('no more');
  });
  await expect(failing).rejects.toThrow('no more');
  expect(await readdir(folder)).toEqual(before);
  expect(await valuesIn(folder)).toEqual(new Set([1]));
});

test('interrupted after any number of files, the folder is refused until it is finished', async () => {
  const names = ['info', 'cat', 'dat'].flatMap((kind) =>
    both.map((set) => {
      return `smallnorb-5x${NORB_INSTANCES[set].join('')}x9x18x6x2x8x8-${set}-${kind}.mat`;
    }),
  );
  for (let moved = 0; moved <= names.length; moved++) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    for (const set of both) await writeSet(folder, set, 1);
    const staging = '.norb.1-0-0-1-00000000.tmp';
    for (const set of both) await writeSet(join(folder, staging), set, 2);
    // As a process killed at this moment leaves it.
    await writeFile(
      join(folder, 'being-replaced.json'),
      JSON.stringify({ staging, names, obsolete: [] }),
    );
    for (const name of names.slice(0, moved))
      await rename(join(folder, staging, name), join(folder, name));
    await expect(openNorbSet(folder, 'training')).rejects.toThrow(
      /are being replaced.*write it again/,
    );
    await finishReplacing(folder);
    expect(await valuesIn(folder)).toEqual(new Set([2]));
    expect(await readdir(folder)).toHaveLength(6);
  }
});

test.each([
  ['no JSON', '{'],
  [
    'a name that leads out of the folder',
    JSON.stringify({ staging: '.norb.x.tmp', names: ['../x'], obsolete: [] }),
  ],
  ['another folder', JSON.stringify({ staging: 'photos', names: [], obsolete: [] })],
])('a note that holds %s is refused in one line', async (_, text) => {
  await writeFile(join(folder, 'being-replaced.json'), text);
  await expect(finishReplacing(folder)).rejects.toThrow(
    /being-replaced\.json is damaged, expected [^\n]*remove it/,
  );
  expect(await readdir(folder)).toEqual(['being-replaced.json']);
});
