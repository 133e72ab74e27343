import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Digests of all files below a folder, by path. Files whose bytes depend on time or machine count
 * only by name.
 */
export function folderDigests(folder: string, unlike: readonly string[] = []): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [
        path.slice(folder.length + 1).replaceAll('\\', '/'),
        unlike.some((name) => path.endsWith(name))
          ? ''
          : createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );
}

/** Describes in one line how the files of two folders differ; undefined if they do not. */
export function difference(
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): string | undefined {
  const complaints = [
    ...[...expected.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`),
    ...[...found.keys()]
      .filter((name) => !expected.has(name))
      .map((name) => `${name} is left over`),
    ...[...expected]
      .filter(([name, digest]) => found.has(name) && found.get(name) !== digest)
      .map(([name]) => `${name} has other bytes`),
  ];
  return complaints.length === 0 ? undefined : complaints.join(', ');
}
