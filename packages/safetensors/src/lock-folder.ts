// A lock of our own: proper-lockfile, the usual library, last changed in 2021, goes by the age of a
// file alone, so it calls a holder dead whose thread computes for ten seconds, leaves a folder
// locked for ten seconds after a kill, and does not say who holds it. flock(2) needs native code,
// and other libraries do not tell a process from a later one of the same number.
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { isRunning, thisProcess, type ProcessIdentity } from './process-identity.ts';
import { systemFailure } from './system-failure.ts';

/** A lock that this process holds. */
export interface FolderLock {
  /** Name of its file in the folder. */
  readonly name: string;
  /** Lets others have it. The end of the process does too, however it comes. */
  release(): void;
}

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** When it took the lock. */
  readonly since: Date;
  /** What it said that it does, such as its command line. */
  readonly purpose: string;
  /**
   * The lock's file, to be removed by hand where the holder cannot be seen and is known to have
   * ended.
   */
  readonly file: string;
  /** Whether it runs on another machine or in another container. */
  readonly elsewhere: boolean;
}

/**
 * Milliseconds between two signs of life, for those who cannot see the process, and after which
 * they count it as gone.
 */
const SIGN_EVERY = 10_000;
const GONE_AFTER = 180_000;

/** How often two that come at the same moment try again before both give up. */
const TRIES = 5;

let count = 0;

/** The files of this process's locks. */
const held = new Set<string>();

function releaseAll(): void {
  for (const file of held) rmSync(file, { force: true });
}

/**
 * Locks a folder against other processes, and against other holders in this one. Each holder first
 * writes a file of its own that names its process, and then looks for those of others: of two that
 * come at once at least one sees the other. A file whose process has ended is removed; no two
 * processes ever have the same name, so nobody removes a living one's.
 *
 * @param folder must be there
 * @param name of the lock: letters; a folder may have several
 * @param purpose what others are told that this process does
 * @returns the lock, or who holds it
 * @throws Error that names the folder where it cannot be written; the system's error is its cause
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

/** Whether `lockFolder` gave the lock. */
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
      // The same again, for the time that the folder's machine notes.
      writeFileSync(file, text, { flag: 'r+' });
    } catch {
      // The folder is gone: there is nothing to hold any more.
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

/** Who else holds the lock; the files of those that have ended are removed. */
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

/**
 * Whether a file is hardly older than our own, by the clock that the folder's machine gives both.
 */
function isFresh(file: string, own: string): boolean {
  try {
    return statSync(file).mtimeMs > statSync(own).mtimeMs - GONE_AFTER;
  } catch {
    return false; // It was released meanwhile.
  }
}

/** What a holder wrote; it may be about to write, or to be gone. */
async function note(file: string): Promise<Pick<LockHolder, 'since' | 'purpose'>> {
  try {
    const { since, purpose } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return { since: new Date(String(since)), purpose: String(purpose) };
  } catch {
    return { since: new Date(), purpose: '' };
  }
}
