/** A mistake of whoever calls the command: shown as one line, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Names of errors of the libraries that describe a mistake, not a fault of the program. */
const MISTAKES = new Set([
  'UserError',
  'RangeError',
  'IdxError',
  'SafetensorsError',
  'ModelFileError',
  'DivergenceError',
  'DatasetError',
]);

/** Whether an error is to be shown as one line: one that we throw, or the operating system's. */
export function isMistake(error: unknown): error is Error {
  return error instanceof Error && (MISTAKES.has(error.name) || 'syscall' in error || error.cause !== undefined);
}
