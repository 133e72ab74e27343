import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, repository, type WorkspacePackage } from './repository.ts';

const readme = join(repository, 'README.md');
const start =
  '<!-- packages: written by `npm run gate -- --update` from the descriptions in package.json ' +
  '-->\n';
const end = '<!-- /packages -->';

/** The Markdown table of packages: name and description. */
export function packageTable(packages: readonly WorkspacePackage[]): string {
  const cells = packages.map(({ folder, manifest }) => [
    `[\`${manifest.name}\`](${folder})`,
    manifest.description ?? '',
  ]);
  const rows = [['Package', 'What it is'], ['', ''], ...cells];
  const width = (column: number): number =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[], fill: string): string =>
    `| ${row.map((cell, column) => cell.padEnd(width(column), fill)).join(' | ')} |\n`;
  return rows.map((row, index) => line(row, index === 1 ? '-' : ' ')).join('');
}

/** Replaces the table between the two marks in a README. */
export function withPackageTable(text: string, table: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from)
    throw new Error(`README.md: the marks ${start.trim()} and ${end} are missing; add them`);
  return `${text.slice(0, from)}${start}\n${table}\n${text.slice(to)}`;
}

/** Checks that the table in README.md matches the manifests. */
export function packageTableComplaints(): string[] {
  const text = readFileSync(readme, 'utf8');
  if (withPackageTable(text, packageTable(publishedPackages())) === text) return [];
  return ['README.md: its package table differs from the manifests; run npm run gate -- --update'];
}

/** Writes the table into README.md. */
export function updatePackageTable(): void {
  writeFileSync(
    readme,
    withPackageTable(readFileSync(readme, 'utf8'), packageTable(publishedPackages())),
  );
}
