import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from all others, also from one that is given its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /**
   * When it started, in the system's own count; empty where the system does not tell (all but
   * Linux).
   */
  readonly start: string;
  /**
   * The machine and its namespace of process numbers, as a hash: containers number processes anew.
   */
  readonly place: string;
}

/** The running process. */
export function thisProcess(): ProcessIdentity {
  identity ??= { pid: process.pid, start: stateOf(process.pid)?.start ?? '', place: placeOf() };
  return identity;
}

let identity: ProcessIdentity | undefined;

/**
 * Whether a process runs; undefined where it cannot be seen from here, being another machine's or
 * container's.
 */
export function isRunning({ pid, start, place }: ProcessIdentity): boolean | undefined {
  if (place !== thisProcess().place) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const state = stateOf(pid);
  if (state === undefined) return true;
  // A killed process keeps its number until its parent asks how it ended.
  const ended = state.letter === 'Z' || state.letter === 'X';
  return !ended && (start === '' || state.start === start);
}

/**
 * State and start of a process by /proc/PID/stat (man 5 proc); undefined where there is no such
 * file.
 */
function stateOf(pid: number): { readonly letter: string; readonly start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { letter: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function placeOf(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // No Linux.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 8);
}
