import { isArgumentError } from '@deepbelief/checks';

/** A user's mistake, shown as one line without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Names of library errors that describe a user's mistake, not a fault of the program. */
const MISTAKES = new Set([
  'UserError',
  'BackendError',
  'DatasetFilesError',
  'RegularFileError',
  'IdxError',
  'TableError',
  'ArrayFileError',
  'ImageError',
  'NorbFileError',
  'SafetensorsError',
  'ModelFileError',
  'DivergenceError',
  'NotFiniteError',
  'LfwError',
]);

/**
 * Tells whether an error is shown as one line: one that we throw for a mistake, or the operating
 * system's. A RangeError counts only if a check of arguments threw it, because the engine throws
 * others, such as stack overflows.
 */
export function isMistake(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (MISTAKES.has(error.name) ||
      isArgumentError(error) ||
      isSystemError(error) ||
      isSystemError(error.cause))
  );
}

/** Recognizes errors such as a full disk or a folder without write permission. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
