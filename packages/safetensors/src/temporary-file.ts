import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { isRunning, thisProcess } from './process-identity.ts';

let count = 0;

/**
 * Returns a name next to `path` that no other write of this or another running process uses:
 * `.NAME.PID-THREAD-COUNT-START-PLACE.tmp`.
 */
export function temporaryPath(path: string): string {
  const { pid, start, place } = thisProcess();
  const unique = [pid, threadId, count++, start, place].join('-');
  return join(dirname(path), `.${basename(path)}.${unique}.tmp`);
}

/**
 * Removes temporary files or folders for `path` that killed processes left behind. Those of
 * processes that are running or not visible from here stay.
 */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    // Older versions recorded neither start nor place.
    const parts = /^(\d+)-\d+-\d+(?:-(\d*)-([\da-f]+))?\.tmp$/.exec(name.slice(prefix.length));
    if (parts === null) continue;
    const [, pid, start = '', place = thisProcess().place] = parts;
    if (isRunning({ pid: Number(pid), start, place }) === false)
      await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}
