import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOutcome, type ProbeOutcome } from './blas-probe.ts';

/** A trial of a library's kernel set. */
export interface BlasTrial {
  /** The library's name and path. */
  readonly library: string;
  readonly path: string;
  /** The requested kernel set; `default` is the library's own choice. */
  readonly kernels: string;
  readonly outcome: ProbeOutcome;
}

/** Increase this when probes judge or measure differently, so that older results are ignored. */
const VERSION = 1;

/** Everything that trials depend on, as text. Other text means other trials. */
export type TrialKey = object;

/** Returns the trials kept for a key; undefined if there are none, or we did not write the file. */
export function readTrials(key: TrialKey, folder: string | undefined): BlasTrial[] | undefined {
  if (folder === undefined) return undefined;
  try {
    const text = readFileSync(fileOf(folder, key), 'utf8');
    const kept = JSON.parse(text) as { readonly key?: unknown; readonly trials?: unknown };
    // Another key may have the same hash.
    if (
      JSON.stringify(kept.key) !== JSON.stringify(withVersion(key)) ||
      !Array.isArray(kept.trials)
    )
      return undefined;
    return kept.trials.every(isTrial) ? kept.trials : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps trials in a file that appears whole or not at all. If another process was first, its trials
 * stay and are returned, so that both use the same kernels. A folder that cannot be written is not
 * an error.
 *
 * @param replace replace trials that were kept before
 */
export function keepTrials(
  key: TrialKey,
  trials: readonly BlasTrial[],
  { folder, replace = false }: { readonly folder: string | undefined; readonly replace?: boolean },
): readonly BlasTrial[] {
  if (folder === undefined) return trials;
  const file = fileOf(folder, key);
  const temporary = `${file}.${process.pid}-${randomUUID()}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, JSON.stringify({ key: withVersion(key), trials }));
    const others = replace ? undefined : readTrials(key, folder);
    if (others !== undefined) return others;
    // Linking fails if the name is taken, by another process's file or by one that is not ours.
    try {
      if (!replace) linkSync(temporary, file);
    } catch {
      const first = readTrials(key, folder);
      if (first !== undefined) return first;
      replace = true;
    }
    if (replace) renameSync(temporary, file);
    return trials;
  } catch {
    return trials;
  } finally {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // It is not a folder.
    }
  }
}

function withVersion(key: TrialKey): object {
  return { version: VERSION, ...key };
}

function fileOf(folder: string, key: TrialKey): string {
  const hash = createHash('sha256').update(JSON.stringify(withVersion(key)));
  return join(folder, `blas-${hash.digest('hex').slice(0, 16)}.json`);
}

function isTrial(value: unknown): value is BlasTrial {
  if (typeof value !== 'object' || value === null) return false;
  const { library, path, kernels, outcome } = value as Record<string, unknown>;
  return (
    typeof library === 'string' &&
    typeof path === 'string' &&
    typeof kernels === 'string' &&
    isOutcome(outcome)
  );
}
