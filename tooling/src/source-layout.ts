import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, workspacePackages } from './repository.ts';

/** A file is read in one sitting; 200 lines is the aim, this the bound. */
const largestLines = 310;

/**
 * The files below a folder of the repository, with `/` in their paths; none where there is no such
 * folder.
 */
function sourceFiles(folder: string): string[] {
  const path = join(repository, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(repository.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !file.includes('/node_modules/') && !file.includes('/reports/'))
    .toSorted();
}

/** What is wrong with a source file of the given path and text. */
export function fileComplaints(path: string, text: string): string[] {
  const complaints: string[] = [];
  const lines = text.split('\n').length - 1;
  if (lines > largestLines && !path.endsWith('.generated.ts')) {
    complaints.push(
      `${path}: ${lines} lines, expected at most ${largestLines}; divide it by what it exports`,
    );
  }
  // An app may have folders, one deep: the commands of the command line, the parts of the page.
  if (
    /^(packages|apps)\/[^/]+\/src\/.+\/[^/]+\.tsx?$/.test(path) &&
    !/^apps\/[^/]+\/src\/[^/]+\/[^/]+$/.test(path)
  ) {
    complaints.push(`${path}: a folder below src, expected flat sources; move it up`);
  }
  if (/^packages\/[^/]+\/src\/index\.ts$/.test(path) && /export \*/.test(text)) {
    complaints.push(`${path}: has export *, expected an explicit list of names`);
  }
  return complaints;
}

/** What is wrong with the files of packages, apps and tooling. */
export function layoutComplaints(): string[] {
  const packages = workspacePackages().flatMap(({ folder }) => [`${folder}/src`, `${folder}/test`]);
  const files = [...packages, 'tooling', 'bench', 'reliability']
    .flatMap(sourceFiles)
    .filter((path) => /\.(tsx?|mjs)$/.test(path));
  const readmes = workspacePackages().filter(
    ({ folder }) => !existsSync(join(repository, folder, 'README.md')),
  );
  return [
    ...files.flatMap((path) => fileComplaints(path, readFileSync(join(repository, path), 'utf8'))),
    ...readmes.map(({ folder }) => `${folder}: has no README.md; write one`),
  ];
}
