import { RegularFileError } from '@deepbelief/data/node';

/**
 * Something is wrong with a file, archive entry or pair. One line names it and says what was found,
 * what was expected and what to do.
 */
export class LfwError extends Error {
  override readonly name = 'LfwError';
  /**
   * The file, the entry or the line: `lfw.tgz: lfw/AJ_Cook/AJ_Cook_0001.jpg`, `pairs.txt line 3`.
   */
  readonly where: string;

  constructor(
    where: string,
    found: string,
    expected: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${where}: ${found}, expected ${expected}: ${remedy}`, options);
    this.where = where;
  }
}

/**
 * Formats text from a file for a one-line message: quoted, cut after 60 characters, invisible
 * characters as numbers.
 */
export function quoted(text: string): string {
  // JSON does not escape some characters that break a line, control a terminal or change the
  // writing direction.
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** The same without quotes, for the place of an error. */
export function placeIn(container: string, path: string): string {
  return `${container}: ${quoted(path).slice(1, -1)}`;
}

/** Makes an error for a file that cannot be read; `expected` says what the file should be. */
export function unreadable(
  where: string,
  cause: unknown,
  expected: string,
  remedy: string,
): LfwError {
  if (!(cause instanceof RegularFileError)) {
    return new LfwError(where, `cannot be read (${reasonOf(cause)})`, expected, remedy, { cause });
  }
  // The system only says that it cannot be read. For files that are not regular, or too long, we
  // know more.
  return new LfwError(
    where,
    cause.found,
    expected,
    cause.code === undefined ? cause.remedy : remedy,
    { cause },
  );
}

/** The first line of an error's message. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
