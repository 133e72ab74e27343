import { imageName } from './image-name.ts';
import { LfwError, quoted } from './lfw-error.ts';
import { parseCount, parsePerson, rowsOf } from './text-rows.ts';

/** Two images, of one person or two. */
export interface LfwPair {
  /** Names of the images, `AJ_Cook_0001`. */
  readonly first: string;
  readonly second: string;
  readonly same: boolean;
  /** Its place, for messages: `pairsDevTrain.txt line 2`. */
  readonly where: string;
}

/**
 * Pairs in folds: one fold in the files of View 1, ten in that of View 2. Each fold begins with its
 * same-person pairs.
 */
export interface LfwPairs {
  /** The file's name, as given. */
  readonly file: string;
  readonly folds: readonly (readonly LfwPair[])[];
}

const REMEDY = 'the file is damaged or of another kind: download it again';

/**
 * Parses `pairs.txt` (`folds⇥n` in the first line), `pairsDevTrain.txt` or `pairsDevTest.txt`
 * (`n`): for each fold, n rows `name⇥number⇥number` and n rows `name⇥number⇥name⇥number`. Lines may
 * end with CR LF.
 *
 * Source: the README of Labeled Faces in the Wild (G. Huang and others, technical report 07-49,
 * University of Massachusetts, 2007).
 *
 * @param file the file's name, for messages
 * @throws LfwError with the line if the file has another form, too few or too many rows, or a pair
 *   of an image with itself. A missing first line, as in some copies of pairs.txt, has its own
 *   message
 */
export function parsePairs(text: string, file: string): LfwPairs {
  const rows = rowsOf(text);
  const [folds, count] = header(rows[0] ?? [''], file);
  const expected = 1 + folds * 2 * count;
  if (rows.length !== expected) {
    const shape = `${expected}, for ${folds} fold(s) of ${count} pairs of one person and ${count} of two`;
    throw new LfwError(file, `${rows.length} lines`, shape, REMEDY);
  }
  return {
    file,
    folds: Array.from({ length: folds }, (_, fold) =>
      Array.from({ length: 2 * count }, (_pair, i) => {
        const row = 1 + fold * 2 * count + i;
        return parsePair(rows[row]!, i < count, `${file} line ${row + 1}`);
      }),
    ),
  };
}

/** Number of folds, and of pairs of each kind per fold. */
function header(fields: readonly string[], file: string): [folds: number, count: number] {
  const where = `${file} line 1`;
  if (fields.length === 3 || fields.length === 4) {
    throw new LfwError(
      where,
      `it is ${quoted(fields.join('\t'))}, a pair`,
      'the counts, in pairs.txt "10⇥300"',
      'this copy lacks its first line: get the official one (6,001 lines) or put the line back',
    );
  }
  const form = '"folds⇥pairs" or "pairs"';
  if (fields.length > 2) throw new LfwError(where, `it has ${fields.length} fields`, form, REMEDY);
  const counts = fields.map((field) => parseCount(field, where, form));
  return counts.length === 2 ? [counts[0]!, counts[1]!] : [1, counts[0]!];
}

function parsePair(fields: readonly string[], same: boolean, where: string): LfwPair {
  if (fields.length !== (same ? 3 : 4)) {
    const form = same
      ? '"name⇥number⇥number", a pair of one person'
      : '"name⇥number⇥name⇥number", a pair of two';
    throw new LfwError(where, `it is ${quoted(fields.join('\t'))}`, form, REMEDY);
  }
  const people = [fields[0]!, same ? fields[0]! : fields[2]!].map((field) =>
    parsePerson(field, where),
  );
  const numbers = [fields[1]!, fields.at(-1)!].map((field) =>
    parseCount(field, where, 'an image number, 1 or more'),
  );
  const [first, second] = [0, 1].map((i) => imageName(people[i]!, numbers[i]!)) as [string, string];
  if (first === second)
    throw new LfwError(where, `it pairs ${quoted(first)} with itself`, 'two images', REMEDY);
  if (!same && people[0] === people[1]) {
    throw new LfwError(where, `both images are of ${quoted(people[0]!)}`, 'two people', REMEDY);
  }
  return { first, second, same, where };
}
