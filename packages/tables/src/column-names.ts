import { quoted, TableError } from './table-error.ts';

/** The most columns of a table. */
const MOST_COLUMNS = 100_000;

/**
 * Names of columns, without blanks around them; one without a name gets its number.
 *
 * @throws TableError if two have the same name or there are too many
 */
export function checkColumns(path: string, names: readonly string[]): string[] {
  if (names.length > MOST_COLUMNS) {
    const remedy = 'check the separator';
    throw new TableError(
      path,
      {},
      `there are ${names.length} columns`,
      `at most ${MOST_COLUMNS}`,
      remedy,
    );
  }
  const places = new Map<string, number>();
  return names.map((given, i) => {
    const name = given.trim() === '' ? columnName(i) : given.trim();
    const before = places.get(name);
    if (before !== undefined) {
      throw new TableError(
        path,
        {},
        `columns ${before + 1} and ${i + 1} are both called ${quoted(name)}`,
        'a name of its own for each column',
        'rename one; if the first row is data, say that there is no header',
      );
    }
    places.set(name, i);
    return name;
  });
}

/** Names of columns that have none: `column 1`, `column 2`, … */
export function numberedColumns(count: number): string[] {
  return Array.from({ length: count }, (_, i) => columnName(i));
}

function columnName(i: number): string {
  return `column ${i + 1}`;
}
