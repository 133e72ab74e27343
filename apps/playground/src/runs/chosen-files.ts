/** What is known about a file before it is read. */
export interface FileFacts {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** The most bytes that are read at once: all files together are held in memory. */
const MOST_BYTES = 2 ** 30;

/** The most files that are read; nobody trains on more here. */
const MOST_FILES = 100_000;

/** Tells by its name whether a file is a model. */
export function isModel({ name }: Pick<FileFacts, 'name'>): boolean {
  return /\.safetensors$/i.test(name);
}

/**
 * Picks the files to read from those that were dropped or chosen: one model, or data. Hidden files
 * (`.DS_Store`) are left out.
 *
 * @returns the files, or a sentence that says why there are none
 */
export function chosenFiles<F extends FileFacts>(
  files: readonly F[],
): { readonly taken: readonly F[]; readonly complaint?: string } {
  const seen = files.filter(({ name }) => !name.startsWith('.'));
  const models = seen.filter(isModel);
  const taken = models.length > 0 ? models : seen;
  const complain = (complaint: string): ReturnType<typeof chosenFiles<F>> => ({
    taken: [],
    complaint,
  });
  if (taken.length === 0)
    return complain('There are no files. Choose a model, an idx file or pictures.');
  if (models.length > 1) return complain(`There are ${models.length} models. Open one at a time.`);
  if (models.length > 0 && seen.length > 1) {
    return complain(
      `There is a model with ${seen.length - 1} other ` +
        `${seen.length === 2 ? 'file' : 'files'}. Open the model alone.`,
    );
  }
  if (taken.length > MOST_FILES) {
    return complain(
      `There are ${inWords(taken.length)} files, but this page accepts up to ` +
        `${inWords(MOST_FILES)}. Choose fewer.`,
    );
  }
  const bytes = taken.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    const most = `${MOST_BYTES / 2 ** 30} GiB`;
    return complain(
      `The files have ${inWords(Math.ceil(bytes / 2 ** 20))} MiB, but this page reads up to ` +
        `${most}. Choose fewer.`,
    );
  }
  const empty = taken.find(({ size }) => size === 0);
  if (empty !== undefined)
    return complain(`${empty.name} is empty. Leave it out and choose the others again.`);
  return { taken };
}

function inWords(value: number): string {
  return value.toLocaleString('en-US');
}
