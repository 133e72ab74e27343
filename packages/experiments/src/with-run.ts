import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isLock, lockFolder, type FolderLock } from '@deepbelief/safetensors/node';
import * as z from 'zod';
import { LEARNED, PLAN, RunFolder } from './run-folder.ts';
import { UserError } from './user-error.ts';

/** What to do with a folder that already holds a run. */
export type ExistingRun = 'resume' | 'refuse' | 'replace';

/** The file that marks a folder as ours. Only a marked folder is ever emptied. */
const MARK = 'deepbelief-run.json';

/** The format of the folders that this version writes. */
const FORMAT = 1;

/** A later format may have more fields. */
const markSchema: z.ZodType<{ readonly format: number }> = z.looseObject({ format: z.int() });

/** How a run's folder is locked. */
export interface WithRunOptions {
  /** What holds it, for whoever finds it in use: such as the command line. */
  readonly purpose?: string;
  /** Receives what the user should know although the run goes on, one line each. */
  readonly onNotice?: (line: string) => void;
}

/**
 * Makes a run's folder ready, keeps other processes out of it, and does the run's work.
 *
 * @throws UserError if another process runs in the folder, its mark is damaged, or it holds a run
 *   and `existing` is `refuse`; whatever `work` throws
 */
export async function withRun<T>(
  path: string,
  existing: ExistingRun,
  work: (folder: RunFolder) => Promise<T>,
  { purpose = 'deepbelief', onNotice }: WithRunOptions = {},
): Promise<T> {
  const folder = await new RunFolder(path, onNotice).create();
  const lock = await holdFolder(path, { name: 'run', purpose, remedy: 'choose another --out' });
  try {
    await makeReady(folder, existing, lock);
    return await work(folder);
  } finally {
    lock.release();
  }
}

/** How a folder is locked. */
export interface HoldOptions {
  /** Names the lock's file. */
  readonly name: string;
  /** What holds it, for whoever finds it in use. */
  readonly purpose: string;
  /** What the user can do instead of waiting. */
  readonly remedy: string;
}

/**
 * Locks an existing folder for this process.
 *
 * @throws UserError that names who holds it
 */
export async function holdFolder(
  path: string,
  { name, purpose, remedy }: HoldOptions,
): Promise<FolderLock> {
  const lock = await lockFolder(path, name, purpose);
  if (isLock(lock)) return lock;
  const { pid, since, elsewhere, file } = lock;
  const where = elsewhere ? ' of another machine or container' : '';
  const ended = elsewhere ? `; if it has ended, remove ${basename(file)}` : '';
  throw new UserError(
    `${path} is in use by process ${pid}${where} (${lock.purpose}, since ` +
      `${since.toLocaleString()}); wait until it has ended, stop it, or ${remedy}${ended}`,
  );
}

async function makeReady(
  folder: RunFolder,
  existing: ExistingRun,
  lock: FolderLock,
): Promise<void> {
  if (await isMarked(folder)) {
    if (existing === 'replace') await empty(folder, lock);
    if (existing === 'refuse' && (await dropPlans(folder))) {
      throw new UserError(
        `${folder.path} already holds a run; add --resume to continue it, or choose another ` +
          '--out',
      );
    }
  }
  await folder.writeJson(MARK, { format: FORMAT });
}

/**
 * Tells whether the folder has the mark of a run.
 *
 * @throws UserError for a mark that is damaged or from a later version: the folder's contents are
 *   then unknown
 */
async function isMarked(folder: RunFolder): Promise<boolean> {
  const mark = await folder.readJson(
    MARK,
    markSchema,
    'remove it to continue the run, or choose another --out',
  );
  if (mark === undefined) return false;
  const { format } = mark.value;
  if (format === FORMAT) return true;
  throw new UserError(
    `${folder.file(MARK)} says that the run's format is ${format}, expected ${FORMAT}: ` +
      'update deepbelief to continue the run, or choose another --out',
  );
}

/**
 * Removes everything except the lock and the mark, so that the folder is still known as ours if the
 * process is killed meanwhile.
 */
async function empty({ path }: RunFolder, lock: FolderLock): Promise<void> {
  for (const name of await readdir(path)) {
    if (name !== MARK && name !== lock.name) await rm(join(path, name), { recursive: true });
  }
}

/**
 * Drops the plans of jobs that have learned nothing, for example because the data could not be
 * read. Such plans need not be kept.
 *
 * @returns whether any job has learned something
 */
async function dropPlans({ path }: RunFolder): Promise<boolean> {
  let learned = false;
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const job = new RunFolder(join(path, entry.name));
    const names = await readdir(job.path);
    if (!names.includes(PLAN)) continue;
    if (names.some((name) => LEARNED.test(name))) learned = true;
    else await job.remove(PLAN);
  }
  return learned;
}
