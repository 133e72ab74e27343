import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { layoutComplaints } from '../src/source-layout.ts';

test('a package needs a README and an index that lists its names', () => {
  const root = mkdtempSync(join(tmpdir(), 'layout-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const source = join(root, 'packages', 'units', 'src');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(root, 'packages', 'units', 'package.json'), '{"name":"units"}');
  writeFileSync(join(source, 'index.ts'), "export { a } from './a.ts';\n");
  writeFileSync(join(root, 'packages', 'units', 'README.md'), '# Units\n');
  expect(layoutComplaints(root)).toEqual([]);
  writeFileSync(join(source, 'index.ts'), "export * from './a.ts';\n");
  rmSync(join(root, 'packages', 'units', 'README.md'));
  expect(layoutComplaints(root)).toEqual([
    'packages/units/src/index.ts: has export *, expected an explicit list of names',
    'packages/units: has no README.md; write one',
  ]);
});
