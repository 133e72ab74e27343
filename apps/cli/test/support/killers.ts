import { watch } from 'node:fs';
import type { Killer } from './cli.ts';

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

/** Kills never, but tells of each of those changes. */
export function countingWrites(folders: readonly string[], tell: () => void): Killer {
  return () => onWrite(folders, tell);
}

function onWrite(folders: readonly string[], listener: () => void): () => void {
  const watchers = folders.map((folder) => watch(folder, listener));
  return () => watchers.forEach((watcher) => watcher.close());
}
