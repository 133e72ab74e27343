import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, repository } from '../../tooling/src/repository.ts';

/** The folder of this app. */
export const app: string = import.meta.dirname;

export { repository };

/** The site's pages. `makePages` and `makeApi` make most folders of them. */
export const source: string = join(app, 'src');

/** The built site. */
export const site: string = join(app, 'dist');

/** Files that are served as they are; all of them are made. */
export const files: string = join(source, 'public');

const home = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly homepage: string;
  readonly repository: { readonly url: string };
};

/** Where people read the source. The root's package.json is the one place that says so. */
export const sourceAddress: string = home.repository.url.replaceAll(/^git[+]|[.]git$/g, '');

/**
 * Where the site is published. The root's package.json is the one place that says so; READMEs must
 * agree, which a test checks.
 */
export const address: string = home.homepage;

/** An entry of a package that is meant for users. */
interface Entry {
  /** Of its page, such as `data-node`. */
  readonly name: string;
  /** What people import, such as `@deepbelief/data/node`. */
  readonly module: string;
  /** Relative to the repository. */
  readonly file: string;
}

/** A published package that others import. */
export interface DocumentedPackage {
  /** Such as `rbm`. */
  readonly short: string;
  readonly description: string;
  readonly entries: readonly Entry[];
}

/** The published packages with something to import, sorted by name. */
export function documentedPackages(): DocumentedPackage[] {
  return publishedPackages()
    .filter(({ folder }) => folder.startsWith('packages/'))
    .map(({ folder, manifest }) => {
      const short = folder.slice('packages/'.length);
      const entries = Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) => {
        const from = typeof target === 'string' ? undefined : target['@deepbelief/source'];
        // `./internal` is for the other packages of this repository.
        if (from === undefined || entry === './internal') return [];
        return [
          {
            name: short + entry.slice(1).replace('/', '-'),
            module: manifest.name + entry.slice(1),
            file: `${folder}/${from.slice(2)}`,
          },
        ];
      });
      return { short, description: manifest.description ?? '', entries };
    });
}
