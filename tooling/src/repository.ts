import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const repository: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The fields of a package.json that the checks read. */
export interface Manifest {
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace: its folder, relative to the repository, and its package.json. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The packages in `packages/` and `apps/`, sorted by folder. */
export function workspacePackages(root: string = repository): WorkspacePackage[] {
  return ['packages', 'apps'].flatMap((parent) => {
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent))
      .toSorted()
      .filter((name) => existsSync(join(root, parent, name, 'package.json')))
      .map((name) => {
        const folder = `${parent}/${name}`;
        const manifest = JSON.parse(
          readFileSync(join(root, folder, 'package.json'), 'utf8'),
        ) as Manifest;
        return { folder, manifest };
      });
  });
}

/** The packages that a release publishes. */
export function publishedPackages(): WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => manifest.private !== true);
}

/** The entries of a package: `.` and subpaths such as `./node`, without `./package.json`. */
export function entries(manifest: Manifest): string[] {
  return Object.keys(manifest.exports ?? {}).filter((entry) => !entry.endsWith('.json'));
}

/** The built file of an entry for a condition, such as `./dist/index.d.ts` for `types`. */
export function entryFile(
  manifest: Manifest,
  entry: string,
  condition: 'types' | 'default',
): string {
  const target = manifest.exports?.[entry];
  const file = typeof target === 'string' ? target : target?.[condition];
  if (file === undefined)
    throw new Error(
      `${manifest.name}: exports["${entry}"] has no "${condition}" condition; add it`,
    );
  return file;
}
