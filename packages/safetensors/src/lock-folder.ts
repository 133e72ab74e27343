// Why a lock of our own? The usual library, proper-lockfile, last changed in 2021, relies only on a
// file's age. It takes a holder for dead if its thread computes for ten seconds, leaves a folder
// locked for ten seconds after a kill, and does not say who holds the lock. flock(2) needs native
// code. Other libraries confuse a process with a later one that has the same number.
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { isRunning, thisProcess, type ProcessIdentity } from './process-identity.ts';
import { systemFailure } from './system-failure.ts';

/** A lock that this process holds. */
export interface FolderLock {
  /** The name of its file in the folder. */
  readonly name: string;
  /** Releases it. So does the end of the process, however it ends. */
  release(): void;
}

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** When it took the lock. */
  readonly since: Date;
  /** What it does by its own account, such as its command line. */
  readonly purpose: string;
  /**
   * The lock's file. Remove it by hand if the holder is not visible from here and is known to have
   * ended.
   */
  readonly file: string;
  /** Whether it runs on another machine or in another container. */
  readonly elsewhere: boolean;
}

/**
 * Milliseconds between signs of life, for observers that cannot see the process, and the time after
 * which they take it for dead.
 */
const SIGN_EVERY = 10_000;
const GONE_AFTER = 180_000;

/** How often two simultaneous holders try again before both give up. */
const TRIES = 5;

let count = 0;

/** The files of this process's locks. */
const held = new Set<string>();

function releaseAll(): void {
  for (const file of held) rmSync(file, { force: true });
}

/**
 * Locks a folder against other processes and other holders in this one. Each holder first writes
 * its own file that names its process, then looks for the files of others, so of two simultaneous
 * holders at least one sees the other. Files of ended processes are removed. No two processes ever
 * have the same name, so nobody removes the file of a living one.
 *
 * @param folder must exist
 * @param name the lock's name, letters only; a folder may have several locks
 * @param purpose what this process does, for others to see
 * @returns the lock, or who holds it
 * @throws Error that names the folder if it cannot be written; the system's error is its cause
 */
export async function lockFolder(
  folder: string,
  name: string,
  purpose: string,
): Promise<FolderLock | LockHolder> {
  for (let attempt = 1; ; attempt++) {
    const lock = announce(folder, name, purpose);
    let holder: LockHolder | undefined;
    try {
      holder = await findHolder(folder, name, lock.name);
    } catch (error) {
      lock.release();
      throw error;
    }
    if (holder === undefined) return lock;
    lock.release();
    if (attempt === TRIES) return holder;
    await sleep(20 + 60 * Math.random());
  }
}

/** Whether `lockFolder` returned the lock. */
export function isLock(result: FolderLock | LockHolder): result is FolderLock {
  return 'release' in result;
}

function prefixOf(name: string): string {
  return `.deepbelief-lock-${name}-`;
}

function announce(folder: string, name: string, purpose: string): FolderLock {
  const { pid, start, place } = thisProcess();
  const own = prefixOf(name) + [pid, threadId, count++, start, place].join('-');
  const file = join(folder, own);
  const text = `${JSON.stringify({ pid, since: new Date(), purpose })}\n`;
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new Error(
      systemFailure(cause, folder) ?? `${folder} cannot be locked (${String(cause)})`,
      { cause },
    );
  }
  const signs = setInterval(() => {
    try {
      // Written again so that the folder's machine updates its time.
      writeFileSync(file, text, { flag: 'r+' });
    } catch {
      // The folder is gone, so there is nothing left to lock.
    }
  }, SIGN_EVERY);
  signs.unref();
  if (held.size === 0) process.once('exit', releaseAll);
  held.add(file);
  const release = (): void => {
    clearInterval(signs);
    rmSync(file, { force: true });
    if (held.delete(file) && held.size === 0) process.off('exit', releaseAll);
  };
  return { name: own, release };
}

/** Returns who else holds the lock, and removes the files of ended processes. */
async function findHolder(
  folder: string,
  name: string,
  own: string,
): Promise<LockHolder | undefined> {
  const prefix = prefixOf(name);
  for (const found of readdirSync(folder)) {
    if (!found.startsWith(prefix) || found === own) continue;
    const parts = /^(\d+)-\d+-\d+-(\d*)-([\da-f]+)$/.exec(found.slice(prefix.length));
    if (parts === null) continue;
    const holder: ProcessIdentity = { pid: Number(parts[1]), start: parts[2]!, place: parts[3]! };
    const file = join(folder, found);
    const running = isRunning(holder);
    if (running ?? isFresh(file, join(folder, own))) {
      return { pid: holder.pid, elsewhere: running === undefined, file, ...(await note(file)) };
    }
    rmSync(file, { force: true });
  }
  return undefined;
}

/** Whether a file is barely older than our own, by the clock of the folder's machine. */
function isFresh(file: string, own: string): boolean {
  try {
    return statSync(file).mtimeMs > statSync(own).mtimeMs - GONE_AFTER;
  } catch {
    return false; // It was released in the meantime.
  }
}

/** Reads what a holder wrote. It may not have written yet, or be gone. */
async function note(file: string): Promise<Pick<LockHolder, 'since' | 'purpose'>> {
  try {
    const { since, purpose } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return { since: new Date(String(since)), purpose: String(purpose) };
  } catch {
    return { since: new Date(), purpose: '' };
  }
}
