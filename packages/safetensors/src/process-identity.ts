import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What distinguishes a process from all others, including a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /**
   * When it started, in the system's own units; empty if the system does not say (all but Linux).
   */
  readonly start: string;
  /**
   * A hash of the machine and its process namespace, because containers number processes
   * independently.
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
 * Whether a process is running; undefined if it is not visible from here, because it belongs to
 * another machine or container.
 */
export function isRunning({ pid, start, place }: ProcessIdentity): boolean | undefined {
  if (place !== thisProcess().place) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is running as another user.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const state = stateOf(pid);
  if (state === undefined) return true;
  // A killed process keeps its number until its parent collects its exit status.
  const ended = state.letter === 'Z' || state.letter === 'X';
  return !ended && (start === '' || state.start === start);
}

/**
 * Reads a process's state and start from /proc/PID/stat (man 5 proc); undefined if there is no such
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
    // Not Linux.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 8);
}
