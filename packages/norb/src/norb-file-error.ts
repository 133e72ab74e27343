/** What is wrong with a file, and where. */
export interface NorbFault {
  /** The file, as given. */
  readonly file: string;
  /** Where in the (uncompressed) file, in bytes; absent if a file is missing. */
  readonly offset?: number;
  readonly found: string;
  readonly expected: string;
  /** What to do; default: download the file again. */
  readonly remedy?: string;
}

/**
 * A file is not a sound NORB file. One line gives the file, the offset, what was found, what was
 * expected and what to do.
 */
export class NorbFileError extends Error {
  override readonly name = 'NorbFileError';
  readonly file: string;
  /** Where in the (uncompressed) file, in bytes; undefined if a file is missing. */
  readonly offset: number | undefined;

  constructor({
    file,
    offset,
    found,
    expected,
    remedy = 'the file is damaged or not a NORB file: download it again',
  }: NorbFault) {
    super(
      `${file}: ${found}${offset === undefined ? '' : ` at byte ${offset}`}, expected ` +
        `${expected}: ${remedy}`,
    );
    this.file = file;
    this.offset = offset;
  }
}
