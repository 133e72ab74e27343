/**
 * A dataset's files are missing or cannot be read. One line gives the place, what was expected and
 * what to do.
 */
export class DatasetFilesError extends Error {
  override readonly name = 'DatasetFilesError';
}
