/** What the system's code for a failure means for a path, and what to do. */
const FAILURES: ReadonlyMap<string, readonly [what: string, remedy: string]> = new Map([
  ['ENOENT', ['it, or a folder above it, is not there', 'check the path']],
  ['EACCES', ['access is denied', 'change its permissions, or choose another path']],
  ['EPERM', ['access is denied', 'change its permissions, or choose another path']],
  ['EROFS', ['the disk is read-only', 'choose a path on another disk']],
  ['ENOSPC', ['there is no room on the disk', 'free some space, or choose a path on another disk']],
  [
    'EDQUOT',
    ['your share of the disk is used up', 'free some space, or choose a path on another disk'],
  ],
  ['EISDIR', ['it is a folder', 'give the path of a file']],
  ['ENOTDIR', ['a part of the path is a file, not a folder', 'check the path']],
  ['EEXIST', ['there is a file of that name', 'choose another path']],
  ['ENOTEMPTY', ['the folder is not empty', 'choose another path']],
  [
    'EFBIG',
    [
      'the file would be larger than a file may be',
      'raise the limit (ulimit -f), or choose another disk',
    ],
  ],
  ['EMFILE', ['too many files are open', 'raise the limit (ulimit -n), or use fewer threads']],
  ['ENFILE', ['too many files are open on this machine', 'end other programs']],
  ['ENAMETOOLONG', ['the name is too long', 'choose a shorter path']],
  ['ELOOP', ['links lead in a circle', 'check the path']],
  ['EBUSY', ['another program uses it', 'end that program']],
  ['EIO', ['the disk fails', 'check the disk']],
]);

/**
 * A failure of the system in a line: path, what went wrong, its code, what to do.
 *
 * @param path default: the one that the system names
 * @returns undefined where the error is none of the system's
 */
export function systemFailure(error: unknown, path?: string): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const where = path ?? ('path' in error ? String(error.path) : undefined);
  const [what, remedy] = FAILURES.get(code) ?? [error.message, 'check the path'];
  return `${where === undefined ? '' : `${where}: `}${what} (${code}): ${remedy}`;
}
