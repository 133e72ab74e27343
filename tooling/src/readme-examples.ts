import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { publishedPackages, repository } from './repository.ts';

/**
 * A ```ts block of a README or of a page: a whole module that runs where the packages are
 * installed.
 */
export interface Example {
  /** `rbm-1`: the package, `root` or the page, and which of its blocks. */
  readonly name: string;
  readonly typescript: string;
  readonly javascript: string;
}

/** The ```ts blocks of a Markdown text. Blocks marked ```typescript are fragments and stay out. */
export function exampleBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

/** Folders of the documentation's pages that are written by hand. */
const PAGES = ['', 'guides', 'concepts', 'experiments'];

/** A page of the documentation that is written by hand. */
interface WrittenPage {
  /** Such as `docs-guides-files`. */
  readonly name: string;
  /** Relative to the site's sources, such as `guides/files.md`. */
  readonly page: string;
  /** Relative to the repository. */
  readonly file: string;
}

/** The documentation's pages that are written by hand. */
export function documentationPages(): WrittenPage[] {
  const source = join('apps', 'docs', 'src');
  return PAGES.flatMap((folder) =>
    readdirSync(join(repository, source, folder))
      .filter((file) => file.endsWith('.md'))
      .toSorted()
      .map((file) => ({
        name: ['docs', folder, file.slice(0, -3)].filter((part) => part !== '').join('-'),
        page: join(folder, file),
        file: join(source, folder, file),
      })),
  );
}

/** The examples of the root README, every published package's README and the documentation. */
export function readmeExamples(): Example[] {
  const readmes = [
    { name: 'root', file: 'README.md' },
    ...publishedPackages().map(({ folder }) => ({
      name: folder.split('/')[1] ?? '',
      file: `${folder}/README.md`,
    })),
    ...documentationPages(),
  ];
  return readmes.flatMap(({ name, file }) => {
    if (!existsSync(join(repository, file))) return [];
    return exampleBlocks(readFileSync(join(repository, file), 'utf8')).map((typescript, index) => ({
      name: `${name}-${index + 1}`,
      typescript,
      javascript: stripTypeScriptTypes(typescript),
    }));
  });
}
