import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeLeftovers, temporaryPath } from './temporary-file.ts';

/** A file being written. */
export interface FileBeingWritten {
  /**
   * Writes these bytes after those already written, or from a position on. They may be changed once
   * it resolves.
   */
  write(bytes: Uint8Array, position?: number): Promise<void>;
}

/** Options for writing a file. */
export interface WriteOptions {
  /**
   * A path next to the file that keeps its old content and replaces what is there. After a kill at
   * the last moment, only this path has the old content.
   */
  readonly keep?: string;
}

/**
 * Writes a file whole or not at all. At any moment, and after a kill or a power cut, `path` has the
 * old content or the new, never a part. The bytes go to a temporary file in the same folder, which
 * is flushed to disk and renamed; then the folder is flushed. Symbolic links are followed, not
 * replaced.
 *
 * Source: T. Pillai and others, "All file systems are not created equal", OSDI 2014, section 2
 * (write, fsync, rename, fsync of the folder).
 *
 * @param content the bytes, or a function that writes them in pieces, for files larger than memory
 * @throws Error, with the system's error as its cause, if anything fails, and whatever `content`
 *   throws. `path` is then as it was, and the temporary file is removed
 */
export async function writeFileWhole(
  path: string,
  content: Uint8Array | ((file: FileBeingWritten) => Promise<void>),
  { keep }: WriteOptions = {},
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryPath(target);
  let size = 0;
  const attempt = <T>(action: Promise<T>): Promise<T> =>
    action.catch((cause: unknown) => {
      throw new Error(`writeFileWhole: ${failure(cause, path, size)}`, { cause });
    });
  const fill =
    typeof content === 'function' ? content : (file: FileBeingWritten) => file.write(content);
  try {
    await attempt(removeLeftovers(target));
    const handle = await attempt(open(temporary, 'w'));
    try {
      await fill({
        async write(bytes, position = size) {
          size = Math.max(size, position + bytes.length);
          await attempt(writeAll(handle, bytes, position));
        },
      });
      await attempt(handle.sync());
    } finally {
      await handle.close();
    }
    if (keep !== undefined) await attempt(renameWhereThere(target, keep));
    await attempt(rename(temporary, target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(target));
}

async function renameWhereThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** A system call may write less than it was given. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

/**
 * Makes the rename survive a power cut if the system can. The file is already in place, so this
 * never fails.
 */
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
      ? [
          `the disk has no room for the ${size} bytes of ${path}`,
          'free some space or save elsewhere',
        ]
      : code === 'EFBIG'
        ? [
            `${size} bytes exceed the largest file allowed at ${path}`,
            'raise the limit (ulimit -f) or save elsewhere',
          ]
        : [`cannot write ${path}`, 'check that its folder exists and is writable'];
  return `${what} (${reason}); the old content is untouched: ${remedy}`;
}
