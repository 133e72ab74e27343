import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { publishedPackages, repository } from './repository.ts';

/** A ```ts block of a README: a whole module that runs where the packages are installed. */
export interface Example {
  /** `rbm-1`: the package, or `root`, and which of its blocks. */
  readonly name: string;
  readonly typescript: string;
  readonly javascript: string;
}

/** The ```ts blocks of a Markdown text. Blocks marked ```typescript are fragments and stay out. */
export function exampleBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

/** The examples of the root README and of every published package's README. */
export function readmeExamples(): Example[] {
  const readmes = [
    { name: 'root', file: 'README.md' },
    ...publishedPackages().map(({ folder }) => ({
      name: folder.split('/')[1] ?? '',
      file: `${folder}/README.md`,
    })),
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
