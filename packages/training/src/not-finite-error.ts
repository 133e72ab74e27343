/**
 * A model gave NaN or infinite numbers where states or figures were expected: it overflowed, or its
 * parameters are bad.
 */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError';
}
