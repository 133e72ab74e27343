/**
 * Files of a dataset that are not there or cannot be read: one line with the place, what was
 * expected and what to do.
 */
export class DatasetFilesError extends Error {
  override readonly name = 'DatasetFilesError';
}
