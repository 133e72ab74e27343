import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeMatHeader } from '../src/mat-header.ts';
import { norbFileName } from '../src/norb-file-name.ts';
import { openNorbPart } from '../src/norb-part.ts';
import { createNorbWriter } from '../src/norb-writer.ts';
import { openNorb } from '../src/open-norb.ts';
import { prepareNorb } from '../src/prepare-norb.ts';
import { readNorbImages } from '../src/read-norb-images.ts';
import { writeMadeUp } from './made-up.ts';

let folder: string;
beforeEach(async () => {
  folder = await writeMadeUp('jittered-cluttered');
});
afterEach(() => rm(folder, { recursive: true }));

test('a name and a header of 24 bytes that claim images of gigabytes take no memory', async () => {
  // Images of 40,000 by 40,000: a pair would have 3.2 GB.
  const size = 40_000;
  const name = norbFileName({
    variant: 'small',
    set: 'training',
    part: 1,
    imageSize: size,
    kind: 'dat',
  });
  await writeFile(join(folder, name), encodeMatHeader('uint8', [1, 2, size, size]));
  await writeFile(
    join(folder, `${name}.gz`),
    gzipSync(encodeMatHeader('uint8', [1, 2, size, size])),
  );
  const before = process.memoryUsage().arrayBuffers;
  for (const file of [name, `${name}.gz`]) {
    await expect(openNorbPart(join(folder, file))).rejects.toThrow(
      file === name
        ? /the file ends at byte 24, expected 3200000024 bytes/
        : /the images are 40000 pixels wide by its name, expected 1 to 4096: check that this is a NORB file$/,
    );
  }
  const [part] = (await openNorb(folder, 'jittered-cluttered')).training;
  const read = readNorbImages({ ...part!, imageSize: size });
  await expect(read.next()).rejects.toThrow(
    'readNorbImages: imageSize is 40000, expected a whole number from 1 to 4096',
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 28);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'createNorbWriter',
    () => createNorbWriter(folder, { variant: 'large' } as never),
    'option variant is "large"',
  ],
  [
    'createNorbWriter',
    () => createNorbWriter(folder, { variant: 'small', set: 'training', pairs: NaN }),
    'createNorbWriter: option pairs is NaN, expected a whole number from 1 to 4194304',
  ],
  [
    'prepareNorb',
    () => prepareNorb([], { cache: folder, eye: 'left' } as never),
    'prepareNorb: unknown option eye',
  ],
  [
    'prepareNorb',
    () => prepareNorb([], { cache: folder, eyes: 'one' } as never),
    'option eyes is "one", expected one of',
  ],
])('%s refuses options that it does not know', async (_, call, message) => {
  await expect(call()).rejects.toThrow(message);
});
