import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The largest memory that this process has had since `resetPeak`, in MiB; undefined where the
 * system does not tell.
 */
export function peakMemory(): number | undefined {
  try {
    const kib = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Forgets earlier peaks, where the system lets a process do that. */
export function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // The peak so far stays, and what is measured against it is no more than that above it.
  }
}
