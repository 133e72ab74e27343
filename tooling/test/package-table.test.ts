import { expect, it } from 'vitest';
import { packageTable, withPackageTable } from '../src/package-table.ts';

const packages = [
  { folder: 'packages/rbm', manifest: { name: '@deepbelief/rbm', description: 'Machines' } },
];

it('writes a row a package, columns aligned', () => {
  expect(packageTable(packages)).toBe(
    [
      '| Package                           | What it is |',
      '| --------------------------------- | ---------- |',
      '| [`@deepbelief/rbm`](packages/rbm) | Machines   |',
      '',
    ].join('\n'),
  );
});

it('refuses a README without the marks', () => {
  expect(() => withPackageTable('# A\n', packageTable(packages))).toThrow(/marks .* are missing/);
});
