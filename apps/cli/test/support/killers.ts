import { watch } from 'node:fs';
import type { Killer } from './deepbelief-process.ts';

/** Kills so many milliseconds after the start. */
export function afterMilliseconds(milliseconds: number): Killer {
  return (kill) => {
    const timer = setTimeout(kill, milliseconds);
    return () => clearTimeout(timer);
  };
}

/**
 * Kills once files in some folders have been made, written, renamed or removed so many times.
 * Unlike a time, that is the same share of a run on every machine under every load.
 */
export function afterWrites(folders: readonly string[], count: number): Killer {
  return (kill) => {
    let seen = 0;
    return onWrite(folders, () => {
      if (++seen >= count) kill();
    });
  };
}

/** Counts those changes until the function that it gives is called, which tells the count. */
export function countWrites(folders: readonly string[]): () => number {
  let seen = 0;
  const end = onWrite(folders, () => seen++);
  return () => {
    end();
    return seen;
  };
}

function onWrite(folders: readonly string[], listener: () => void): () => void {
  const watchers = folders.map((folder) => watch(folder, listener));
  return () => watchers.forEach((watcher) => watcher.close());
}
