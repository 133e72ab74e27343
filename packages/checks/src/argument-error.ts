/**
 * Marks errors about arguments. It is a registered symbol, so that two copies of this package
 * agree.
 */
const MARK: unique symbol = Symbol.for('deepbelief.argumentError') as typeof MARK;

/**
 * Makes the error for an argument, option or value that the caller can fix: a RangeError with a
 * mark that distinguishes it from the engine's own, such as a stack overflow.
 *
 * @param message `where: what is value, expected …`
 */
export function argumentError(message: string, options?: ErrorOptions): RangeError {
  const error = new RangeError(message, options);
  // Not enumerable, because readers of the error should not see the mark.
  Object.defineProperty(error, MARK, { value: true });
  // The stack trace begins where the argument was refused.
  Error.captureStackTrace?.(error, argumentError);
  return error;
}

/** Tells whether an error was made by `argumentError`. */
export function isArgumentError(error: unknown): boolean {
  return error instanceof Error && MARK in error;
}
