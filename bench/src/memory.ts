import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The process's peak memory since `resetPeak`, in MiB; undefined if the system does not report it.
 */
export function peakMemory(): number | undefined {
  try {
    const kib = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Forgets earlier peaks if the system allows it. */
export function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // The earlier peak stays, so measurements show only growth above it.
  }
}
