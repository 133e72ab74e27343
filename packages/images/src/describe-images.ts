import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { printable } from '@deepbelief/checks';
import { mapOrdered } from '@deepbelief/data/node';
import { imageHeader, type ImageHeader } from './decode-image.ts';
import { ImageError } from './image-error.ts';
import { listImages } from './list-images.ts';
import { imageBytes } from './read-image.ts';

/** What a folder of pictures holds. */
export interface ImagesDescription {
  readonly pictures: number;
  /** Subfolders and their numbers of pictures. */
  readonly classes: readonly { readonly name: string; readonly pictures: number }[];
  /** How many pictures have which size, format and colors; the most frequent first. */
  readonly kinds: readonly (ImageHeader & { readonly pictures: number })[];
  /** What is wrong with files that are no pictures or too large. */
  readonly wrong: readonly string[];
  /** How many other files there are, by ending. */
  readonly others: Readonly<Record<string, number>>;
  /** Paths of some pictures, evenly taken from the classes, below the folder. */
  readonly some: readonly string[];
}

/** Pictures that are named. */
const SOME = 100;

/**
 * Describes a folder of pictures by their headers: classes, sizes, colors, and wrong files.
 *
 * @throws ImageError like `listImages`
 */
export async function describeImages(folder: string): Promise<ImagesDescription> {
  const { images, classNames, others } = await listImages(folder);
  const kinds = new Map<string, ImageHeader & { pictures: number }>();
  const wrong: string[] = [];
  const sound: string[] = [];
  const headers = mapOrdered(images, 2 * availableParallelism(), async ({ path }) => {
    try {
      const where = printable(join(folder, path));
      return { path, header: await imageHeader(await imageBytes(folder, path), where) };
    } catch (error) {
      if (error instanceof ImageError) return { path, header: error };
      throw error;
    }
  });
  for await (const { path, header } of headers) {
    if (header instanceof ImageError) {
      wrong.push(header.message);
      continue;
    }
    sound.push(path);
    const key = JSON.stringify(header);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { ...header, pictures: 1 });
    else kind.pictures++;
  }
  const counts = new Map<string, number>();
  for (const { className } of images) counts.set(className, (counts.get(className) ?? 0) + 1);
  const step = Math.max(1, sound.length / SOME);
  return {
    pictures: images.length,
    classes: classNames.map((name) => ({ name, pictures: counts.get(name) ?? 0 })),
    kinds: [...kinds.values()].toSorted((a, b) => b.pictures - a.pictures),
    wrong,
    others,
    some: Array.from(
      { length: Math.min(SOME, sound.length) },
      (_, i) => sound[Math.floor(i * step)]!,
    ),
  };
}
