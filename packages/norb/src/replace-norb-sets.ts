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

/**
 * File that stands in a folder while its files are being replaced; whoever reads NORB there is
 * refused.
 */
export const REPLACING = 'being-replaced.json';

/** What is being replaced. */
interface Replacement {
  /** Name of the folder, in the same folder, that holds the new files. */
  readonly staging: string;
  readonly names: readonly string[];
  /** Names of files that go without another in their place. */
  readonly obsolete: readonly string[];
}

/**
 * Replaces sets of NORB in a folder as one: all new files are written into a folder beside them,
 * and only when they are whole they take the old ones' place. Whenever the process is killed,
 * `openNorb` finds the old sets or the new, or refuses until `finishReplacing` has ended what was
 * begun; never files of both.
 *
 * @param folder made where it is missing
 * @param sets whose old files, of any variant, go
 * @param write writes the new files, and others that belong to them, into the folder that it is
 *   given
 * @throws Error when the disk cannot be written, and whatever `write` throws; the old files are
 *   then as they were
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
 * Ends a replacement that was cut short, where there is one: it may be repeated from any point.
 *
 * @throws Error when the folder's note of it is damaged, or the disk cannot be written
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
  // Without its dat file a part is none, also for other programs: it goes first and comes last.
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
    // No JSON.
  }
  throw new Error(
    `${note} is damaged, expected what it says of a replacement: remove it, and write the sets again`,
  );
}
