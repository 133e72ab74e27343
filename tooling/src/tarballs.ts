import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { publishedPackages, repository, type WorkspacePackage } from './repository.ts';

/** A package as a release would publish it. */
export interface Tarball extends WorkspacePackage {
  readonly file: string;
}

const pnpm = join(repository, '.tools', 'node_modules', 'pnpm', 'bin', 'pnpm.mjs');

/**
 * Packs every published package into a folder, which is emptied first. Throws if one cannot be
 * packed.
 */
export async function packAll(folder: string): Promise<Tarball[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    publishedPackages().map(async (published) => {
      const file = join(folder, `${published.folder.split('/')[1] ?? ''}.tgz`);
      const cwd = join(repository, published.folder);
      // pnpm, not npm: it replaces `workspace:^` and `catalog:` with real versions.
      const { ok, output } = await command(process.execPath, [pnpm, 'pack', '--out', file], {
        cwd,
      });
      if (!ok) throw new Error(`${published.folder}: pnpm pack failed: ${output}`);
      return { ...published, file };
    }),
  );
}
