/**
 * A file is not a sound file of arrays. One line gives the file, what was found, what was expected
 * and what to do.
 */
export class ArrayFileError extends Error {
  override readonly name = 'ArrayFileError';
  /** The file's name, as given; in an archive, with the array's: `data.npz: x.npy`. */
  readonly file: string;

  constructor(
    file: string,
    found: string,
    expected: string,
    remedy = 'the file is damaged: save it again',
    options?: ErrorOptions,
  ) {
    super(`${file}: ${found}, expected ${expected}: ${remedy}`, options);
    this.file = file;
  }
}
