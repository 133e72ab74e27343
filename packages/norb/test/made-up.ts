import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NORB_CATEGORIES } from '../src/norb-category.ts';
import { infoFromColumns } from '../src/norb-info.ts';
import {
  NORB_INSTANCES,
  NORB_VARIANTS,
  type NorbSet,
  type NorbVariant,
} from '../src/norb-variant.ts';
import { createNorbWriter } from '../src/norb-writer.ts';

export const IMAGE_SIZE = 4;
export const PAIR_BYTES = 2 * IMAGE_SIZE ** 2;

/** Pairs of a made-up part: each category five times, an instance each. */
export function pairsOf(variant: NorbVariant): number {
  return 5 * NORB_VARIANTS[variant].categories;
}

/** Gray level of a value of a made-up part. */
export function grayLevel(set: NorbSet, part: number, pair: number, value: number): number {
  return (31 * pair + 7 * value + 64 * part + (set === 'testing' ? 128 : 0)) % 256;
}

/**
 * Writes a part of small images: pair i has category i % categories and the set's instance i /
 * categories.
 */
export async function writePart(
  folder: string,
  variant: NorbVariant,
  set: NorbSet,
  part = 1,
): Promise<void> {
  const { categories } = NORB_VARIANTS[variant];
  const pairs = pairsOf(variant);
  const writer = await createNorbWriter(folder, {
    variant,
    set,
    part,
    pairs,
    imageSize: IMAGE_SIZE,
  });
  for (let i = 0; i < pairs; i++) {
    const category = NORB_CATEGORIES[i % categories]!;
    const instance = NORB_INSTANCES[set][Math.floor(i / categories)]!;
    const pose = category === 'none' ? [-1, -1, -1, -1] : [instance, i % 9, (2 * i) % 36, i % 6];
    const jitter = variant === 'small' ? [] : [1, -1, 5, 0, 1, -4];
    await writer.append({
      images: Uint8Array.from({ length: PAIR_BYTES }, (_, value) => grayLevel(set, part, i, value)),
      category,
      info: infoFromColumns([...pose, ...jitter]),
    });
  }
  await writer.close();
}

/**
 * A folder with two training parts and one test part of made-up jittered-cluttered NORB, or one of
 * each of small.
 */
export async function writeMadeUp(variant: NorbVariant): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'norb-'));
  await writePart(folder, variant, 'training');
  if (variant === 'jittered-cluttered') await writePart(folder, variant, 'training', 2);
  await writePart(folder, variant, 'testing');
  return folder;
}

/** Replaces all files with gzipped ones. */
export async function pack(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path)));
    await rm(path);
  }
}
