/** No backend works here, or not the requested one. One line gives the reason for each. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}
