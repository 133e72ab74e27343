import { LfwError, quoted } from './lfw-error.ts';
import { PICTURE } from './image-file.ts';
import { personOf } from './image-name.ts';
import { linesOf } from './text-rows.ts';

/**
 * Where the eyes are in a picture, in pixels: x to the right and y down, both from the center of
 * the top left pixel. Left and right are as you see the picture.
 */
export interface Eyes {
  readonly left: readonly [x: number, y: number];
  readonly right: readonly [x: number, y: number];
}

const REMEDY = 'correct the line';

/**
 * Parses a file of eye positions: for each image a line `Name_0001.jpg⇥leftX⇥leftY⇥rightX⇥rightY`
 * (`.jpg` may be missing, or be another picture type), with numbers as in JSON, tab-separated, and
 * lines ending with LF or CR LF. Empty lines and lines that begin with `#` are skipped.
 *
 * @param file the file's name, for messages
 * @returns the eyes by image name (`Name_0001`)
 * @throws LfwError with the line if it has another form, an image occurs twice, or the left eye is
 *   not left of the right one
 */
export function parseEyes(text: string, file: string): ReadonlyMap<string, Eyes> {
  const found = new Map<string, Eyes>();
  for (const [i, line] of linesOf(text).entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const where = `${file} line ${i + 1}`;
    const [image = '', ...fields] = line.split('\t');
    const numbers = fields.map((field) =>
      /^-?\d{1,6}(\.\d{1,12})?$/.test(field) ? Number(field) : NaN,
    );
    const name = image.replace(PICTURE, '');
    if (numbers.length !== 4 || numbers.some(Number.isNaN) || personOf(name) === undefined) {
      throw new LfwError(
        where,
        `it is ${quoted(line)}`,
        '"Name_0001.jpg⇥leftX⇥leftY⇥rightX⇥rightY"',
        REMEDY,
      );
    }
    const [leftX, leftY, rightX, rightY] = numbers as [number, number, number, number];
    if (found.has(name))
      throw new LfwError(where, `${quoted(name)} is there twice`, 'each image once', REMEDY);
    found.set(name, checkEyes({ left: [leftX, leftY], right: [rightX, rightY] }, where));
  }
  return found;
}

/** Returns the eyes if they are plausible: the left one at least a pixel left of the right one. */
export function checkEyes(eyes: Eyes, where: string): Eyes {
  const { left, right } = eyes;
  if (right[0] - left[0] >= 1 && [...left, ...right].every(Number.isFinite)) return eyes;
  const found = `the left eye is at ${left.join(', ')} and the right one at ${right.join(', ')}`;
  throw new LfwError(
    where,
    found,
    'the left one left of the other, as you see them',
    'swap or correct them',
  );
}
