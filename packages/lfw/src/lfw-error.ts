import { RegularFileError } from '@deepbelief/data/node';

/**
 * A file, archive entry or pair that is not as it should be: one line with it, what was found,
 * expected, and to do.
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
 * Text from a file for a one-line message: quoted, cut after 60 characters, what cannot be seen by
 * its number.
 */
export function quoted(text: string): string {
  // JSON leaves some characters as they are that break a line, steer a terminal or turn the
  // direction of writing.
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** The same without the quotes, for the place of an error. */
export function placeIn(container: string, path: string): string {
  return `${container}: ${quoted(path).slice(1, -1)}`;
}

/** An error of reading a file, with what the file was to be. */
export function unreadable(
  where: string,
  cause: unknown,
  expected: string,
  remedy: string,
): LfwError {
  if (!(cause instanceof RegularFileError)) {
    return new LfwError(where, `cannot be read (${reasonOf(cause)})`, expected, remedy, { cause });
  }
  // The system knows only that it cannot be read; of what is no regular file, or too long, more is
  // known.
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
