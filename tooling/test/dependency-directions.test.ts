import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dependencyComplaints } from '../src/dependency-directions.ts';

/** What is wrong with a repository of packages `random` and `units` and such sources. */
async function complaints(sources: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'directions-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...RANDOM, ...sources })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return dependencyComplaints(root, [
    { folder: 'packages/random', manifest: { name: '@deepbelief/random' } },
    { folder: 'packages/units', manifest: { name: '@deepbelief/units', dependencies } },
  ]);
}

const dependencies = { '@deepbelief/random': 'workspace:^' };
const RANDOM = {
  'packages/random/src/index.ts': "export { draw } from './draw.ts';\n",
  'packages/random/src/draw.ts': 'export const draw = 1;\n',
  'node_modules/@deepbelief/random/package.json':
    '{"exports":{".":{"@deepbelief/source":"./src/index.ts"}}}',
  'node_modules/@deepbelief/random/src/index.ts': '',
};

test('imports along an arrow of the picture are as they should be', async () => {
  const text = "export { draw } from '../../random/src/index.ts';\nimport '@deepbelief/random';\n";
  expect(await complaints({ 'packages/units/src/index.ts': text })).toEqual([]);
});

test('an import against the arrows is a complaint, of types too', async () => {
  const [complaint, ...more] = await complaints({
    'packages/units/src/index.ts': 'export type Units = string;\n',
    'packages/random/src/key.ts': "import type { Units } from '../../units/src/index.ts';\n",
  });
  expect(complaint).toBe(
    'packages/random/src/key.ts: imports packages/units/src/index.ts: ' +
      'expected one of no package (docs/architecture.md)',
  );
  expect(more).toEqual([]);
});

test('a module that the manifest does not name, or that is not there, is a complaint', async () => {
  const found = await complaints({
    'packages/units/src/index.ts': "import './absent.ts';\nconst z = await import('zod');\n",
    'node_modules/zod/package.json': '{"main":"./index.js"}',
    'node_modules/zod/index.js': '',
  });
  expect(found).toEqual([
    'packages/units/src/index.ts: imports ./absent.ts: expected a module that exists',
    'packages/units/src/index.ts: imports zod, which packages/units/package.json does not depend on; add it there',
  ]);
});

test('a circle is a complaint, whatever is imported', async () => {
  const [complaint] = await complaints({
    'packages/units/src/index.ts': "export { b } from './b.ts';\nexport type A = string;\n",
    'packages/units/src/b.ts': "import type { A } from './index.ts';\nexport const b: A = 'b';\n",
  });
  expect(complaint).toMatch(/imports packages\/units\/src\/.*, which imports .*: a circle/);
});

test('Node modules that index.ts reaches are a complaint, and node.ts may have them', async () => {
  const uses = "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n";
  const node = { 'packages/units/src/a.ts': uses };
  const through = (entry: string) =>
    complaints({ ...node, [`packages/units/src/${entry}.ts`]: "export { a } from './a.ts';\n" });
  expect(await through('node')).toEqual([]);
  expect((await through('index'))[0]).toMatch(/^packages\/units\/src\/a\.ts: imports (node:)?fs, /);
  const typeAlone = { 'packages/units/src/index.ts': "export type { a } from './a.ts';\n" };
  expect(await complaints({ ...node, ...typeAlone })).toEqual([]);
});

test('a module in a folder below src is a complaint', async () => {
  const found = await complaints({
    'packages/units/src/index.ts': "export { a } from './deep/a.ts';\n",
    'packages/units/src/deep/a.ts': 'export const a = 1;\n',
  });
  expect(found).toEqual([
    'packages/units/src/index.ts: imports packages/units/src/deep/a.ts: expected flat sources; move it up',
  ]);
});

test('a package that is not in the picture is a complaint', async () => {
  const unknown = { folder: 'packages/unknown', manifest: { name: '@deepbelief/unknown' } };
  const root = mkdtempSync(join(tmpdir(), 'directions-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'packages', 'unknown'), { recursive: true });
  expect(await dependencyComplaints(root, [unknown])).toEqual([
    'packages/unknown: not in the directions of tooling/src/dependency-directions.ts; add it',
  ]);
});
