/** What is wrong with a file, and where. */
export interface NorbFault {
  /** The file, as given. */
  readonly file: string;
  /** Where in the (unpacked) file, in bytes; absent where a file is missing. */
  readonly offset?: number;
  readonly found: string;
  readonly expected: string;
  /** What to do; default: get the file again. */
  readonly remedy?: string;
}

/**
 * A file that is no sound NORB file: one line with the file, the offset, what was found, expected
 * and what to do.
 */
export class NorbFileError extends Error {
  override readonly name = 'NorbFileError';
  readonly file: string;
  /** Where in the (unpacked) file, in bytes; undefined where a file is missing. */
  readonly offset: number | undefined;

  constructor({
    file,
    offset,
    found,
    expected,
    remedy = 'the file is damaged or no NORB file, get it again',
  }: NorbFault) {
    super(
      `${file}: ${found}${offset === undefined ? '' : ` at byte ${offset}`}, expected ${expected}: ${remedy}`,
    );
    this.file = file;
    this.offset = offset;
  }
}
