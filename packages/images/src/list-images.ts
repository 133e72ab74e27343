import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '@deepbelief/checks';
import { ImageError } from './image-error.ts';

/** A picture in a folder. */
export interface ListedImage {
  /** Below the folder: `cats/1.png`. */
  readonly path: string;
  /** The subfolder it is in, or in a folder of which; empty beside them. */
  readonly className: string;
  readonly size: number;
  readonly modified: number;
}

/** The pictures of a folder, in the order of their paths. */
export interface ImageList {
  readonly images: readonly ListedImage[];
  /** The subfolders with pictures, in order: numbers by size. Empty if there are none. */
  readonly classNames: readonly string[];
  /** How many other files there are, by ending: `.txt`. Hidden files are not counted. */
  readonly others: Readonly<Record<string, number>>;
}

/** File names that count as pictures. */
const PICTURE = /\.(jpe?g|png|webp|tiff?|avif|gif)$/i;

/** The deepest folder, so that a circle of links ends. */
const DEEPEST = 16;

/**
 * Lists the pictures of a folder. Those in a subfolder, at any depth, are of its class.
 *
 * @throws ImageError if the folder cannot be read, has no pictures, or has some both in subfolders
 *   and beside them
 */
export async function listImages(folder: string): Promise<ImageList> {
  const images: ListedImage[] = [];
  const others = new Map<string, number>();
  await walk('', '', 0);
  const classNames = [...new Set(images.map(({ className }) => className))];
  const form = 'pictures in a subfolder for each class, or all without subfolders';
  if (images.length === 0) {
    const passed = [...others].map(([ending, count]) => `${count} ${ending}`).join(', ');
    const found = `it has no pictures${passed === '' ? '' : ` (but ${passed})`}`;
    const remedy = 'check the path; JPEG, PNG, WebP, TIFF, AVIF and GIF count by their endings';
    throw new ImageError(folder, found, form, remedy);
  }
  const beside = images.filter(({ className }) => className === '').length;
  if (beside > 0 && beside < images.length) {
    const found = `${beside} of ${images.length} pictures lie beside the subfolders`;
    throw new ImageError(folder, found, form, 'move them into the subfolders of their classes');
  }
  return {
    images,
    classNames: beside > 0 ? [] : classNames.toSorted(byNumber),
    others: Object.fromEntries(others),
  };

  async function walk(below: string, className: string, depth: number): Promise<void> {
    const place = join(folder, below);
    const entries = await attempt(place, () => readdir(place, { withFileTypes: true }));
    for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (name.startsWith('.')) continue;
      const path = below === '' ? name : `${below}/${name}`;
      const found = await attempt(join(folder, path), () => stat(join(folder, path)));
      if (found.isDirectory()) {
        if (depth < DEEPEST) await walk(path, className === '' ? name : className, depth + 1);
      } else if (PICTURE.test(name))
        images.push({ path, className, size: found.size, modified: found.mtimeMs });
      else {
        const ending = /\.[a-z0-9]{1,8}$/.exec(name.toLowerCase())?.[0] ?? 'without ending';
        // So that a hostile folder cannot make a long list.
        const known = others.has(ending) || others.size < 20 ? ending : 'other';
        others.set(known, (others.get(known) ?? 0) + 1);
      }
    }
  }
}

function byNumber(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) || x === y ? (a < b ? -1 : 1) : x - y;
}

async function attempt<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ImageError(
      printable(place),
      `cannot be read (${printable(reason)})`,
      'a folder of pictures',
      'check that it exists and is readable',
      { cause },
    );
  }
}
