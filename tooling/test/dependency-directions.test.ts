import { describe, expect, it } from 'vitest';
import { importedModules, packageComplaints } from '../src/dependency-directions.ts';

const units = {
  folder: 'packages/units',
  manifest: { name: '@deepbelief/units', dependencies: { '@deepbelief/random': 'workspace:^' } },
};
const complaints = (text: string): string[] =>
  packageComplaints(units, [{ path: 'packages/units/src/index.ts', text }]);

describe('importedModules', () => {
  it('finds imports over several lines, re-exports, bare and dynamic imports', () => {
    const text = [
      "import { a,\n  b } from 'one';",
      "export { c } from './two.ts';",
      "import type { D } from 'three';",
      "import 'four';",
      "const e = await import('five');",
      "const from = 'six';",
    ].join('\n');
    expect(importedModules(text)).toEqual(['one', './two.ts', 'three', 'four', 'five']);
  });
});

describe('packageComplaints', () => {
  it('has none for an import along an arrow of the picture', () => {
    expect(complaints("import { randomKey } from '@deepbelief/random';\n")).toEqual([]);
  });

  it('complains of an import against the arrows', () => {
    expect(complaints("import { Rbm } from '@deepbelief/rbm';\n")[0]).toMatch(
      /imports @deepbelief\/rbm, expected one of .*random/,
    );
  });

  it('complains of a module that the manifest does not name', () => {
    expect(complaints("import * as z from 'zod';\n")[0]).toMatch(
      /packages\/units\/package\.json does not depend on/,
    );
  });

  it('complains of Node modules that index.ts reaches, and lets ./node have them', () => {
    const index = { path: 'packages/units/src/index.ts', text: "export { a } from './a.ts';\n" };
    const a = {
      path: 'packages/units/src/a.ts',
      text: "import { readFileSync } from 'node:fs';\n",
    };
    const node = { path: 'packages/units/src/node.ts', text: "export { a } from './a.ts';\n" };
    expect(packageComplaints(units, [index, a])).toHaveLength(1);
    expect(packageComplaints(units, [node, a])).toEqual([]);
  });

  it('complains of a package that is not in the picture', () => {
    const unknown = { folder: 'packages/unknown', manifest: { name: '@deepbelief/unknown' } };
    expect(packageComplaints(unknown, [])[0]).toMatch(/not in the directions/);
  });
});
