import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeLeftovers, temporaryPath } from './temporary-file.ts';

/**
 * Writes a file whole or not at all: whoever reads `path`, at any moment and after a kill or a power cut, finds the
 * old content or the new, never a part. The bytes go to a temporary file in the same folder, which is flushed to the
 * disk and renamed; then the folder is flushed. A symbolic link is followed, not replaced.
 *
 * Source: T. Pillai and others, "All file systems are not created equal", OSDI 2014, section 2 (write, fsync, rename,
 * fsync of the folder).
 *
 * @throws Error, with the system's error as its cause, when anything fails; `path` is then as it was, and the
 *   temporary file is removed
 */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryPath(target);
  try {
    await removeLeftovers(target);
    await writeFlushed(temporary, bytes);
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new Error(`writeFileWhole: ${failure(cause, path, bytes.length)}`, { cause });
  }
  await flushFolder(dirname(target));
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename last through a power cut, where the system can: the file is in place already, so no failure. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function failure(cause: unknown, path: string, size: number): string {
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
