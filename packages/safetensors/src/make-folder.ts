import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemFailure } from './system-failure.ts';

/**
 * Makes a folder and any missing folders above it.
 *
 * @throws Error that names the folder, the obstacle and the remedy; the system's error is its cause
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    // Node reports ENOENT if a folder above is not writable, as on a read-only disk.
    const cause = (await obstacle(resolve(path))) ?? error;
    throw new Error(
      `the folder cannot be made: ${systemFailure(cause) ?? `${path}: ${String(cause)}`}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Finds what prevents making a folder: the first existing folder above it, or a file in its place.
 */
async function obstacle(path: string): Promise<unknown> {
  try {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined)
      return dirname(path) === path ? undefined : await obstacle(dirname(path));
    if (!found.isDirectory()) {
      return Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'mkdir', path });
    }
    await access(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}
