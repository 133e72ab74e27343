import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** Shows whether a file is still the same, without reading it. */
export interface FileIdentity {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When its content last changed, in milliseconds since 1970. */
  readonly modified: number;
}

/**
 * Returns the name, size and time of the last change of a file: what prepared images depend on.
 * (Not its folder: a moved file is the same.)
 *
 * @throws Error that names the path, with the system's error as its cause, if there is no such file
 */
export async function fileIdentity(path: string): Promise<FileIdentity> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { name: basename(path), size, modified: mtimeMs };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`fileIdentity: cannot find ${path} (${reason}): check the path`, { cause });
  }
}
