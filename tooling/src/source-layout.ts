import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, workspacePackages } from './repository.ts';

/**
 * Finds mistakes in the layout of packages and apps that no linter finds: oxlint has no rule on
 * `export *`, and none looks for a README. oxlint checks file lengths (`max-lines`), the import
 * directions check folders.
 */
export function layoutComplaints(root: string = repository): string[] {
  return workspacePackages(root).flatMap(({ folder }) => {
    const index = join(root, folder, 'src', 'index.ts');
    const hasStar = existsSync(index) && /^export \*/m.test(readFileSync(index, 'utf8'));
    return [
      ...(hasStar
        ? [`${folder}/src/index.ts: has export *, expected an explicit list of names`]
        : []),
      ...(existsSync(join(root, folder, 'README.md'))
        ? []
        : [`${folder}: has no README.md; write one`]),
    ];
  });
}
