import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  makeFolder,
  removeLeftovers,
  temporaryPath,
  writeFileWhole,
} from '@deepbelief/safetensors/node';
import { parseNorbFileName } from './norb-file-name.ts';
import type { NorbSet } from './norb-variant.ts';

/** A file that marks a folder while its files are being replaced. Reading NORB there is refused. */
export const REPLACING = 'being-replaced.json';

/** Describes a replacement in progress. */
interface Replacement {
  /** Name of the subfolder that holds the new files. */
  readonly staging: string;
  readonly names: readonly string[];
  /** Names of files that are removed without a replacement. */
  readonly obsolete: readonly string[];
}

/**
 * Replaces sets of NORB in a folder as a whole. All new files are first written into a subfolder;
 * only complete files replace the old ones. If the process is killed at any moment, `openNorb`
 * finds the old sets or the new ones, or refuses until `finishReplacing` has completed the
 * replacement. It never finds a mix.
 *
 * @param folder made if missing
 * @param sets whose old files, of any variant, are removed
 * @param write writes the new files, and others that belong to them, into the given folder
 * @throws Error if the disk cannot be written, and whatever `write` throws. The old files are then
 *   as they were
 */
export async function replaceNorbSets(
  folder: string,
  sets: readonly NorbSet[],
  write: (staging: string) => Promise<void>,
): Promise<void> {
  await makeFolder(folder);
  await finishReplacing(folder);
  const place = join(folder, 'norb');
  await removeLeftovers(place);
  const staging = temporaryPath(place);
  await mkdir(staging);
  try {
    await write(staging);
    const names = (await readdir(staging)).toSorted();
    const obsolete = (await readdir(folder)).filter((name) => {
      const set = parseNorbFileName(name)?.set;
      return set !== undefined && sets.includes(set) && !names.includes(name);
    });
    const replacement: Replacement = { staging: basename(staging), names, obsolete };
    await writeFileWhole(join(folder, REPLACING), Buffer.from(`${JSON.stringify(replacement)}\n`));
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
  await finishReplacing(folder);
}

/**
 * Completes an interrupted replacement, if there is one. It can be repeated from any point.
 *
 * @throws Error if the folder's note about it is damaged or the disk cannot be written
 */
export async function finishReplacing(folder: string): Promise<void> {
  const note = join(folder, REPLACING);
  const text = await readFile(note, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return;
  const { staging, names, obsolete } = parse(text, note);
  const staged = await readdir(join(folder, staging)).catch((): string[] => []);
  const isDat = (name: string): boolean => name.includes('-dat.mat');
  // Without its dat file, no program takes a part for complete. So the dat file is removed first
  // and added last.
  const waiting = names
    .filter((name) => staged.includes(name))
    .toSorted((a, b) => Number(isDat(a)) - Number(isDat(b)));
  const going = [...obsolete.filter(isDat), ...waiting.filter(isDat), ...obsolete];
  for (const name of going) await rm(join(folder, name), { force: true });
  for (const name of waiting) await rename(join(folder, staging, name), join(folder, name));
  await rm(join(folder, staging), { recursive: true, force: true });
  await rm(note);
}

function parse(text: string, note: string): Replacement {
  const plain = (value: unknown): value is string =>
    typeof value === 'string' && basename(value) === value;
  const list = (value: unknown): value is string[] => Array.isArray(value) && value.every(plain);
  try {
    const { staging, names, obsolete } = JSON.parse(text) as Record<string, unknown>;
    if (plain(staging) && /^\.norb\..+\.tmp$/.test(staging) && list(names) && list(obsolete)) {
      return { staging, names, obsolete };
    }
  } catch {
    // Not JSON.
  }
  throw new Error(
    `${note} is damaged, expected the note of a replacement: remove it and write the sets again`,
  );
}
