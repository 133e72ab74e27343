import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a target's files, and a function that removes it. */
export function scratchFolder(): { readonly folder: string; readonly dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'deepbelief-fuzz-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
