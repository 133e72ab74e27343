/** What a system error code means for a path, and what to do. */
const FAILURES: ReadonlyMap<string, readonly [what: string, remedy: string]> = new Map([
  ['ENOENT', ['there is no such file or folder', 'check the path']],
  ['EACCES', ['access is denied', 'change its permissions, or choose another path']],
  ['EPERM', ['access is denied', 'change its permissions, or choose another path']],
  ['EROFS', ['the disk is read-only', 'choose a path on another disk']],
  ['ENOSPC', ['there is no room on the disk', 'free some space, or choose a path on another disk']],
  ['EDQUOT', ['your disk quota is used up', 'free some space, or choose a path on another disk']],
  ['EISDIR', ['it is a folder', 'give the path of a file']],
  ['ENOTDIR', ['part of the path is a file, not a folder', 'check the path']],
  ['EEXIST', ['it already exists', 'choose another path']],
  ['ENOTEMPTY', ['the folder is not empty', 'choose another path']],
  [
    'EFBIG',
    [
      'the file would exceed the largest allowed size',
      'raise the limit (ulimit -f), or choose another disk',
    ],
  ],
  ['EMFILE', ['too many files are open', 'raise the limit (ulimit -n), or use fewer threads']],
  ['ENFILE', ['too many files are open on this machine', 'close other programs']],
  ['ENAMETOOLONG', ['the name is too long', 'choose a shorter path']],
  ['ELOOP', ['its links form a loop', 'check the path']],
  ['EBUSY', ['another program is using it', 'close that program']],
  ['EIO', ['the disk reports an error', 'check the disk']],
]);

/**
 * Describes a system failure in one line: path, what went wrong, its code, what to do.
 *
 * @param path default: the path in the system's error
 * @returns undefined if the error is not the system's
 */
export function systemFailure(error: unknown, path?: string): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const where = path ?? ('path' in error ? String(error.path) : undefined);
  const [what, remedy] = FAILURES.get(code) ?? [error.message, 'check the path'];
  return `${where === undefined ? '' : `${where}: `}${what} (${code}): ${remedy}`;
}
