import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NorbFileError } from './norb-file-error.ts';
import { norbFileName, parseNorbFileName } from './norb-file-name.ts';
import { openNorbPart, type NorbPart } from './norb-part.ts';
import { REPLACING } from './replace-norb-sets.ts';
import { NORB_VARIANTS, type NorbSet, type NorbVariant } from './norb-variant.ts';

/** Both sets, with their parts in order. */
export interface NorbParts {
  readonly variant: NorbVariant;
  readonly training: readonly NorbPart[];
  readonly testing: readonly NorbPart[];
}

/**
 * Opens the NORB files in a folder, with or without `.gz`, under their original names: all existing
 * parts, from 1 on. It reads only headers and the small files (cat, info).
 *
 * @param variant which one, if the folder holds both; default: the one that is there
 * @throws NorbFileError if training or test files are missing, parts have gaps or images of
 *   different sizes, or the folder cannot be read, and for bad files like `openNorbPart`
 */
export async function openNorb(directory: string, variant?: NorbVariant): Promise<NorbParts> {
  const training = await openNorbSet(directory, 'training', variant);
  const { variant: found, imageSize } = training[0]!;
  const testing = await openNorbSet(directory, 'testing', found);
  const [first] = testing;
  if (first!.imageSize !== imageSize) throw otherSize(first!, imageSize);
  return { variant: found, training, testing };
}

/** Opens the parts of one set in a folder. Throws like `openNorb`. */
export async function openNorbSet(
  directory: string,
  set: NorbSet,
  variant?: NorbVariant,
): Promise<NorbPart[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw problem(
      directory,
      `the folder cannot be read (${reason})`,
      'a folder of NORB files',
      'check the path',
    );
  });
  if (names.includes(REPLACING)) {
    const remedy =
      'wait for the process that writes it; if there is none, write it again (toy-norb ' +
      '--overwrite)';
    throw problem(
      directory,
      'its files are being replaced, or a process was killed while it replaced them',
      'a complete set',
      remedy,
    );
  }
  const files = names.flatMap((name) => {
    const parsed = parseNorbFileName(name);
    const asked =
      parsed?.kind === 'dat' &&
      parsed.set === set &&
      (variant ?? parsed.variant) === parsed.variant;
    return asked ? [{ ...parsed, name }] : [];
  });
  const [chosen = variant ?? 'jittered-cluttered', another] = new Set(
    files.map((file) => file.variant),
  );
  if (another !== undefined) {
    throw problem(
      directory,
      'the folder holds small and jittered-cluttered NORB',
      'one of them',
      'say which one',
    );
  }
  const numbers = [...new Set(files.map(({ part }) => part))].toSorted((a, b) => a - b);
  const gap = numbers.findIndex((number, i) => number !== i + 1);
  if (numbers.length === 0 || gap !== -1) {
    const part = Math.max(1, gap + 1);
    const name = norbFileName({
      variant: chosen,
      set,
      part,
      imageSize: NORB_VARIANTS[chosen].imageSize,
      kind: 'dat',
    });
    throw problem(
      directory,
      `there is no ${set} part ${part}`,
      `${name} or the same with .gz`,
      'get it',
    );
  }
  const parts: NorbPart[] = [];
  for (const number of numbers) {
    // Prefer a plain file to a gzipped one: it is read faster.
    const [name] = files
      .filter(({ part }) => part === number)
      .map((file) => file.name)
      .toSorted();
    parts.push(await openNorbPart(join(directory, name!)));
  }
  const size = parts[0]!.imageSize;
  const other = parts.find(({ imageSize }) => imageSize !== size);
  if (other !== undefined) throw otherSize(other, size);
  return parts;
}

function otherSize({ file, imageSize }: NorbPart, expected: number): NorbFileError {
  return problem(
    file,
    `images are ${imageSize} pixels wide`,
    `${expected}, as in the other parts`,
    'keep sets in separate folders',
  );
}

function problem(file: string, found: string, expected: string, remedy: string): NorbFileError {
  return new NorbFileError({ file, found, expected, remedy });
}
