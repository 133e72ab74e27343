import { printable } from '@deepbelief/checks';

/** Where in a table something is. */
export interface TablePlace {
  /** Counted from 1, without the header. */
  readonly row?: number;
  readonly column?: string;
}

/**
 * Something is wrong with a table. One line names the file, the row and the column, and says what
 * was found, what was expected and what to do.
 */
export class TableError extends Error {
  override readonly name = 'TableError';
  /** The file, as given. */
  readonly file: string;
  readonly row: number | undefined;
  readonly column: string | undefined;

  constructor(
    file: string,
    { row, column }: TablePlace,
    found: string,
    expected: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    const places = [
      ...(row === undefined ? [] : [`row ${row}`]),
      ...(column === undefined ? [] : [`column ${quoted(column)}`]),
    ];
    const where = [file, ...(places.length === 0 ? [] : [places.join(', ')])].join(': ');
    super(`${where}: ${found}, expected ${expected}: ${remedy}`, options);
    this.file = file;
    this.row = row;
    this.column = column;
  }
}

/** Text from a file for a one-line message: quoted, cut after 60 characters. */
export function quoted(text: string): string {
  return printable(JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text));
}

/** The first line of an error's message. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return printable((message.split('\n', 1)[0] ?? '').slice(0, 120));
}
