/** No backend, or not the one that was asked for, works here: one line with the reason for each. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}
