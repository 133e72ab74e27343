/** A model returned NaN or infinite numbers: it overflowed, or its parameters are bad. */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError';
}
