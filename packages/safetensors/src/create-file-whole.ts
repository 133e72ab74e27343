import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder, removeLeftovers, temporaryPath } from './temporary-file.ts';
import { writeFailure } from './write-failure.ts';

/** A file that is written piece by piece and appears whole or not at all. End it with `commit` or `abandon`. */
export interface WholeFileWriter {
  /** Bytes written so far. */
  readonly length: number;
  /** Appends bytes, which may be reused once the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes the file to the disk and gives it its name. */
  commit(): Promise<void>;
  /** Removes what was written; what had the name before is untouched. Does nothing after `commit`. */
  abandon(): Promise<void>;
}

/**
 * `writeFileWhole` for files larger than memory: pieces are appended to a temporary file in the same folder, and
 * `commit` renames it. A kill leaves the temporary file, which the next writer of the same path removes.
 *
 * @throws Error, with the system's error as its cause, when the file cannot be made; `write` and `commit` throw one when
 *   they fail, and have then removed the temporary file
 */
export async function createFileWhole(path: string): Promise<WholeFileWriter> {
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryPath(target);
  let length = 0;
  let file: FileHandle | undefined;

  async function abandon(): Promise<void> {
    const opened = file;
    file = undefined;
    if (opened === undefined) return;
    await opened.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  async function guarded(act: (opened: FileHandle) => Promise<void>, size: number): Promise<void> {
    if (file === undefined) throw new Error(`createFileWhole: ${path} is closed already, expected no more of it`);
    try {
      await act(file);
    } catch (cause) {
      await abandon();
      throw new Error(`createFileWhole: ${writeFailure(cause, path, size)}`, { cause });
    }
  }

  try {
    await removeLeftovers(target);
    file = await open(temporary, 'wx');
  } catch (cause) {
    throw new Error(`createFileWhole: ${writeFailure(cause, path, 0)}`, { cause });
  }
  return {
    get length() {
      return length;
    },
    async write(bytes) {
      await guarded((opened) => writeAll(opened, bytes), length + bytes.length);
      length += bytes.length;
    },
    async commit() {
      await guarded(async (opened) => {
        await opened.sync();
        await opened.close();
        await rename(temporary, target);
      }, length);
      file = undefined;
      await flushFolder(dirname(target));
    },
    abandon,
  };
}

/** The system may take less than it is given. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}
