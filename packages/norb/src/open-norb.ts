import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NorbFileError } from './norb-file-error.ts';
import { norbFileName, parseNorbFileName } from './norb-file-name.ts';
import { openNorbPart, type NorbPart } from './norb-part.ts';
import { NORB_VARIANTS, type NorbSet, type NorbVariant } from './norb-variant.ts';

/** A set: its parts in their order. */
export interface NorbParts {
  readonly variant: NorbVariant;
  readonly training: readonly NorbPart[];
  readonly testing: readonly NorbPart[];
}

/**
 * Opens the NORB files of a folder, with or without `.gz`, under their original names: all parts that are there, from 1
 * on. Only headers and the small files (cat, info) are read.
 *
 * @param variant which, where the folder holds both; default: the one that is there
 * @throws NorbFileError when training or test files are missing, parts have gaps or images of different sizes, and for
 *   unsound files as `openNorbPart`, and when the folder cannot be read
 */
export async function openNorb(directory: string, variant?: NorbVariant): Promise<NorbParts> {
  const names = await readdir(directory).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw problem(directory, `the folder cannot be read (${reason})`, 'a folder of NORB files', 'check the path');
  });
  const found = names.flatMap((name) => {
    const parsed = parseNorbFileName(name);
    return parsed?.kind === 'dat' ? [{ ...parsed, name }] : [];
  });
  const variants = [...new Set(found.map((file) => file.variant))].filter(
    (has) => variant === undefined || has === variant,
  );
  const [chosen, another] = variants;
  if (another !== undefined) {
    throw problem(directory, 'the folder holds small and jittered-cluttered NORB', 'one of them', 'say which one');
  }
  const wanted = chosen ?? variant ?? 'jittered-cluttered';
  const parts = async (set: NorbSet): Promise<NorbPart[]> => {
    const files = found.filter((file) => file.variant === wanted && file.set === set);
    const numbers = [...new Set(files.map(({ part }) => part))].toSorted((a, b) => a - b);
    const gap = numbers.findIndex((number, i) => number !== i + 1);
    if (numbers.length === 0 || gap !== -1) {
      const { imageSize } = NORB_VARIANTS[wanted];
      const name = norbFileName({ variant: wanted, set, part: Math.max(1, gap + 1), imageSize, kind: 'dat' });
      throw problem(
        directory,
        `there is no ${set} part ${Math.max(1, gap + 1)}`,
        `${name} or the same with .gz`,
        'get it',
      );
    }
    const opened: NorbPart[] = [];
    for (const number of numbers) {
      // As it is before packed: it is read faster.
      const name = files
        .filter(({ part }) => part === number)
        .map((file) => file.name)
        .toSorted()[0]!;
      opened.push(await openNorbPart(join(directory, name)));
    }
    return opened;
  };
  const [training, testing] = [await parts('training'), await parts('testing')];
  const size = training[0]!.imageSize;
  const other = [...training, ...testing].find(({ imageSize }) => imageSize !== size);
  if (other !== undefined) {
    throw problem(
      other.file,
      `images are ${other.imageSize} pixels wide`,
      `${size}, as in the other parts`,
      'keep sets apart',
    );
  }
  return { variant: wanted, training, testing };
}

function problem(file: string, found: string, expected: string, remedy: string): NorbFileError {
  return new NorbFileError({ file, found, expected, remedy });
}
