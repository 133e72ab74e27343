import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder, removeLeftovers, temporaryPath } from './temporary-file.ts';
import { writeFailure } from './write-failure.ts';

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
    throw new Error(`writeFileWhole: ${writeFailure(cause, path, bytes.length)}`, { cause });
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
