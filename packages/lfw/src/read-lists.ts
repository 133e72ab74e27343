import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { checkOptions, flag } from '@deepbelief/checks';
import { LfwError } from './lfw-error.ts';
import { lfwFiles } from './lfw-files.ts';
import { parsePairs, type LfwPairs } from './parse-pairs.ts';
import { parsePeople, type LfwPeople } from './parse-people.ts';
import { readText } from './read-text.ts';
import { linesOf } from './text-rows.ts';

/** Options for reading a list. */
export interface ReadListOptions {
  /**
   * Whether a file with the name of an official one must have its content (MD5, with either kind of
   * line ends); default true.
   */
  readonly official?: boolean;
}

/**
 * Reads a file of pairs: `pairs.txt`, `pairsDevTrain.txt`, `pairsDevTest.txt`, or your own in the
 * same form.
 *
 * @throws LfwError like `parsePairs`, if the file is missing (with where to get it), or if it has
 *   the name of an official file but another MD5
 */
export async function readPairs(path: string, options: ReadListOptions = {}): Promise<LfwPairs> {
  return readList(path, parsePairs, options, 'readPairs');
}

/**
 * Reads a file of people: `people.txt`, `peopleDevTrain.txt`, `peopleDevTest.txt`, or your own in
 * the same form.
 *
 * @throws LfwError like `parsePeople` and `readPairs`
 */
export async function readPeople(path: string, options: ReadListOptions = {}): Promise<LfwPeople> {
  return readList(path, parsePeople, options, 'readPeople');
}

/**
 * Computes the MD5 of a text without its byte-order mark and with LF line ends, as in the official
 * files.
 */
export function textMd5(text: string): string {
  return createHash('md5').update(linesOf(text).join('\n')).digest('hex');
}

async function readList<T>(
  path: string,
  parse: (text: string, file: string) => T,
  options: ReadListOptions,
  where: string,
): Promise<T> {
  checkOptions(where, options, { official: flag });
  const { official = true } = options;
  const file = basename(path);
  const known = lfwFiles.find(({ name }) => name === file);
  const expected = known?.holds ?? 'a text file of pairs or people';
  const text = await readText(
    path,
    expected,
    known ? `get it from ${known.source}` : 'check the path',
  );
  // An error that says what is wrong helps more than one that says that something is.
  const parsed = parse(text, file);
  const md5 = textMd5(text);
  if (official && known && md5 !== known.md5) {
    const remedy = `it was changed: get it from ${known.source}, or give your own list another name`;
    throw new LfwError(path, `its MD5 is ${md5}`, `${known.md5}, that of the official one`, remedy);
  }
  return parsed;
}
