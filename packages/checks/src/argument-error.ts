/** Marks errors about arguments; registered, so that two copies of this package agree on it. */
const MARK: unique symbol = Symbol.for('deepbelief.argumentError') as typeof MARK;

/**
 * The error for an argument, an option or a value that whoever calls a function can mend: a
 * RangeError with a mark, which tells it from those of the engine, such as that of a full stack.
 *
 * @param message `where: what is value, expected …`
 */
export function argumentError(message: string, options?: ErrorOptions): RangeError {
  const error = new RangeError(message, options);
  // Not enumerable: the mark is nothing that a reader of the error should see.
  Object.defineProperty(error, MARK, { value: true });
  // The stack begins where the argument was refused.
  Error.captureStackTrace?.(error, argumentError);
  return error;
}

/** Whether an error is one of `argumentError`. */
export function isArgumentError(error: unknown): boolean {
  return error instanceof Error && MARK in error;
}
