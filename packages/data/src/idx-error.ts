/**
 * A file is not a sound idx file. One line gives the file, what was found, what was expected and
 * what to do.
 */
export class IdxError extends Error {
  override readonly name = 'IdxError';
  /** The file's name, as given. */
  readonly file: string;

  constructor(
    file: string,
    found: string,
    expected: string,
    remedy = 'the file is damaged or not an idx file: download it again',
  ) {
    super(`${file}: ${found}, expected ${expected}: ${remedy}`);
    this.file = file;
  }
}
