import { isArgumentError } from '@deepbelief/checks';

/** A mistake of whoever calls the command: shown as one line, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Names of errors of the libraries that describe a mistake, not a fault of the program. */
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
 * Whether an error is to be shown as one line: one that we throw for a mistake, or the operating
 * system's. A RangeError is one only where a check of arguments threw it: the engine throws others,
 * such as that of a full stack.
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

/** Such as a disk that is full or a folder that may not be written. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
