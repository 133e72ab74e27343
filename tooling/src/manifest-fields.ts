import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { publishedPackages, repository } from './repository.ts';

/** The root's package.json: the one place that says where the project lives. */
interface Home {
  readonly bugs: string;
  readonly repository: { readonly type: string; readonly url: string };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a package's manifest must say about where it lives. Proof of provenance needs `repository`.
 */
export function homeFields(folder: string, { bugs, repository: home }: Home): Fields {
  const page = home.url.replace(/^git[+]|[.]git$/g, '');
  return {
    homepage: `${page}/tree/main/${folder}#readme`,
    bugs,
    repository: { ...home, directory: folder },
  };
}

/** Finds what a manifest lacks for people who look for a package or its origin. */
export function manifestComplaints(
  { folder, manifest }: { readonly folder: string; readonly manifest: object },
  home: Home = readManifest('.') as unknown as Home,
): string[] {
  const found = manifest as Fields;
  const wrong = Object.entries(homeFields(folder, home))
    .filter(([name, value]) => !isDeepStrictEqual(found[name], value))
    .map(
      ([name]) =>
        `${folder}/package.json: ${name} differs from the root's; run npm run gate -- --update`,
    );
  const { keywords } = found;
  return Array.isArray(keywords) && keywords.length >= 3
    ? wrong
    : [...wrong, `${folder}/package.json: expected at least 3 keywords`];
}

/** Writes what the root's package.json says into every published one. */
export function updateManifests(): void {
  const home = readManifest('.') as unknown as Home;
  for (const { folder } of publishedPackages()) {
    const text = JSON.stringify({ ...readManifest(folder), ...homeFields(folder, home) }, null, 2);
    writeFileSync(join(repository, folder, 'package.json'), `${text}\n`);
  }
}

function readManifest(folder: string): Fields {
  return JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8')) as Fields;
}
