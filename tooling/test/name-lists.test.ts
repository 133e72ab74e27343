import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nameListComplaints, namesIn } from '../src/name-lists.ts';

const names = new Set(['binary', 'stepped-sigmoid', 'relu']);
const found = (text: string): string[] =>
  namesIn('a.tsx', text, names).map((place) => `${place.line}: ${place.found}`);

test('lists, tables, types and comparisons by name are found, with their lines', () => {
  expect(found("const a = ['relu', 'binary'];")).toEqual(['1: lists relu, binary']);
  expect(found("const a = 1;\nif (type === 'binary') a();")).toEqual(['2: compares with binary']);
  expect(found("const a = 'relu' !== type;")).toEqual(['1: compares with relu']);
  expect(found("switch (type) {\n  case 'stepped-sigmoid':\n}")).toEqual([
    '2: has a case for stepped-sigmoid',
  ]);
  expect(found("const a = { binary: 1, 'stepped-sigmoid': 2 };")).toEqual([
    '1: has a table of binary, stepped-sigmoid',
  ]);
  expect(found("let a: 'binary' | 'relu';")).toEqual(['1: has a type of binary, relu']);
  expect(found("const a = <b>{type === 'relu'}</b>;")).toEqual(['1: compares with relu']);
});

test('a single name, other words and shorthands are fine', () => {
  for (const text of [
    "const a = { type: 'binary' };",
    "make('binary', 'relu');",
    "const a = ['binary', 'gray'];",
    "const a = type === 'gray';",
    'const a = { binary, other };',
    "// type === 'binary'",
  ])
    expect(found(text)).toEqual([]);
});

test('names come from the registries, which may name their own', () => {
  const root = mkdtempSync(join(tmpdir(), 'names-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const table = (keys: string): string =>
    `export const all: Readonly<Record<string, Kind>> = {\n${keys}};\n`;
  write('packages/units/package.json', '{"name":"units"}');
  write('packages/data/package.json', '{"name":"data"}');
  const [on, off] = ["export { onType } from './on.ts';", "export { offType } from './off.ts';"];
  write('packages/units/src/unit-types.ts', `${on}\n${off}\n`);
  for (const name of ['on', 'off']) {
    const type = `export const ${name}Type: UnitType = {\n  type: '${name}',\n};\n`;
    write(`packages/units/src/${name}.ts`, `${type}if (type === 'on') f();\n`);
  }
  write('packages/rbm/src/negative-phase-kinds.ts', table('  cd: a,\n  pcd: b,\n'));
  write('packages/connections/src/connection-types.ts', table("  dense: c,\n  'a-b': d,\n"));
  write(
    'packages/data/src/a.ts',
    "f(['on', 'pcd', 'dense']);\ng = type === 'off' || 'a-b' === x;\n",
  );
  expect(nameListComplaints(root)).toEqual([
    expect.stringMatching(
      /^packages\/data\/src\/a\.ts:2: compares with off, unit type by name; ask /,
    ),
    expect.stringMatching(
      /^packages\/data\/src\/a\.ts:2: compares with a-b, type of connection by /,
    ),
  ]);
});
