/**
 * A path was refused. One line gives the path, what was found there, what was expected, and what to
 * do.
 */
export class RegularFileError extends Error {
  override readonly name = 'RegularFileError';
  /** The path, as given. */
  readonly path: string;
  /** What is there: `it is a named pipe`, `it has 12 bytes`, `cannot be read (…)`. */
  readonly found: string;
  /** What was expected. */
  readonly expected: string;
  readonly remedy: string;
  /**
   * The system's code, such as `ENOENT` if there is nothing; undefined if it was not the system
   * that refused.
   */
  readonly code: string | undefined;

  constructor(
    path: string,
    found: string,
    expected: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${found}, expected ${expected}: ${remedy}`, options);
    this.path = path;
    this.found = found;
    this.expected = expected;
    this.remedy = remedy;
    const { cause } = this;
    this.code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  }
}
