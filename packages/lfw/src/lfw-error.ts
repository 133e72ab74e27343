/** A file, archive entry or pair that is not as it should be: one line with it, what was found, expected, and to do. */
export class LfwError extends Error {
  override readonly name = 'LfwError';
  /** The file, the entry or the line: `lfw.tgz: lfw/AJ_Cook/AJ_Cook_0001.jpg`, `pairs.txt line 3`. */
  readonly where: string;

  constructor(where: string, found: string, expected: string, remedy: string, options?: ErrorOptions) {
    super(`${where}: ${found}, expected ${expected}: ${remedy}`, options);
    this.where = where;
  }
}

/** Text from a file for a one-line message: quoted, cut after 60 characters. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** The same without the quotes, for the place of an error. */
export function placeIn(container: string, path: string): string {
  return `${container}: ${quoted(path).slice(1, -1)}`;
}

/** The first line of an error's message. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}
