/**
 * Something is wrong with a picture or a folder of pictures. One line names it and says what was
 * found, what was expected and what to do.
 */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  /** The file or folder. */
  readonly file: string;

  constructor(
    file: string,
    found: string,
    expected: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${found}, expected ${expected}: ${remedy}`, options);
    this.file = file;
  }
}
