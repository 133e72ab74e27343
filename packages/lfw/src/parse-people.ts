import { LfwError, quoted } from './lfw-error.ts';
import { parseCount, parsePerson, rowsOf } from './text-rows.ts';

/** A person and the number of their images. */
export interface LfwPerson {
  readonly name: string;
  readonly images: number;
}

/** People in folds: one in `peopleDevTrain.txt` and `peopleDevTest.txt`, ten in `people.txt`. */
export interface LfwPeople {
  /** The file's name, as given. */
  readonly file: string;
  readonly folds: readonly (readonly LfwPerson[])[];
}

const REMEDY = 'the file is damaged or of another kind: download it again';

/**
 * Parses `people.txt` (the number of folds, then for each fold a line with its number of people and
 * rows `name⇥images`), `peopleDevTrain.txt` or `peopleDevTest.txt` (one such fold without the first
 * line).
 *
 * @param file the file's name, for messages
 * @throws LfwError with the line if the file has another form or names a person twice
 */
export function parsePeople(text: string, file: string): LfwPeople {
  const rows = rowsOf(text);
  const count = (row: number, what: string): number => {
    const fields = rows[row];
    const where = `${file} line ${row + 1}`;
    if (fields === undefined)
      throw new LfwError(file, `${rows.length} lines`, `${what} in line ${row + 1}`, REMEDY);
    return parseCount(fields.join('\t'), where, what);
  };
  const first = count(0, 'the number of folds or of people');
  const several = rows[1]?.length === 1;
  const people = new Set<string>();
  const folds: LfwPerson[][] = [];
  let next = several ? 1 : 0;
  for (let fold = 0; fold < (several ? first : 1); fold++) {
    const size = count(next, `the number of people of fold ${fold + 1}`);
    if (size > rows.length - next - 1) {
      throw new LfwError(
        file,
        `${rows.length - next - 1} lines after line ${next + 1}`,
        `${size} people`,
        REMEDY,
      );
    }
    folds.push(
      rows
        .slice(next + 1, next + 1 + size)
        .map((fields, i) => parseRow(fields, `${file} line ${next + 2 + i}`, people)),
    );
    next += 1 + size;
  }
  if (next !== rows.length)
    throw new LfwError(file, `${rows.length} lines`, `${next}, by its counts`, REMEDY);
  return { file, folds };
}

function parseRow(fields: readonly string[], where: string, people: Set<string>): LfwPerson {
  if (fields.length !== 2)
    throw new LfwError(where, `it is ${quoted(fields.join('\t'))}`, '"name⇥images"', REMEDY);
  const name = parsePerson(fields[0]!, where);
  if (people.has(name))
    throw new LfwError(where, `${quoted(name)} is there twice`, 'each person once', REMEDY);
  people.add(name);
  return { name, images: parseCount(fields[1]!, where, 'a number of images, 1 or more') };
}
