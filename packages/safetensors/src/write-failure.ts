/** Why a file could not be written, in one line with the remedy; `size` is what was to be written, in bytes. */
export function writeFailure(cause: unknown, path: string, size: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const [what, remedy] =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? [`no room on the disk for the ${size} bytes of ${path}`, 'free some space or save elsewhere']
      : code === 'EFBIG'
        ? [`${size} bytes are more than a file may have at ${path}`, 'raise the limit (ulimit -f) or save elsewhere']
        : [`cannot write ${path}`, 'check that its folder exists and may be written to'];
  return `${what} (${reason}); what was there before is untouched: ${remedy}`;
}
