/** What is known of a file before it is read. */
export interface FileFacts {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** The most that is read at once, in bytes: all the files together are held in memory. */
const MOST_BYTES = 2 ** 30;

/** The most files: more are no data that one trains on here. */
const MOST_FILES = 100_000;

/** Whether a file is a model by its name. */
export function isModel({ name }: Pick<FileFacts, 'name'>): boolean {
  return /\.safetensors$/i.test(name);
}

/**
 * Which of the files that were dropped or chosen are read: one model, or data. What a system hides
 * in its folders (`.DS_Store`) is left out.
 *
 * @returns the files, or a sentence about why there are none
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
    return complain('It has no files. Choose a model, an idx file or pictures.');
  if (models.length > 1) return complain(`There are ${models.length} models. Open one at a time.`);
  if (models.length > 0 && seen.length > 1) {
    return complain(
      `There is a model with ${seen.length - 1} other ` +
        `${seen.length === 2 ? 'file' : 'files'}. Open the model alone.`,
    );
  }
  if (taken.length > MOST_FILES) {
    return complain(
      `There are ${inWords(taken.length)} files, but this page takes up to ` +
        `${inWords(MOST_FILES)}. Choose fewer.`,
    );
  }
  const bytes = taken.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    const most = `${MOST_BYTES / 2 ** 30} GiB`;
    return complain(
      `The files take ${inWords(Math.ceil(bytes / 2 ** 20))} MiB, but this page reads up to ` +
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
