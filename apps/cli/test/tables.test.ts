import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNpy } from '@deepbelief/arrays';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import type { Outcome } from './support/outcome.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';

const page = readFileSync(new URL('../../../docs/tables.md', import.meta.url), 'utf8');
const [, csv = ''] = /```csv\n([^`]*)```/.exec(page) ?? [];
const commands = [...page.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

/** What keeps training short: nothing is chosen. */
const QUICK = ['--units', 'gaussian', '--layers', '2', '--epochs', '2'];

let folder: string;
const outcomes = new Map<string, Outcome>();

/** Runs a command with its files in the test's folder. */
function run(command: string): Promise<Outcome> {
  const [, ...words] = command.split(' ');
  const args = words.map((word) =>
    /^runs\/|\.(?:csv|npy|json)$/.test(word) ? join(folder, word) : word,
  );
  const isTraining = args[0] === 'train' && !args.includes('--units');
  return deepbelief(isTraining ? [...args, ...QUICK] : args);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deepbelief-tables-'));
  writeFileSync(join(folder, 'people.csv'), csv);
  for (const command of commands) outcomes.set(command, await run(command));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
const cells = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));

test('all commands of docs/tables.md but the last come to what the page says', () => {
  expect(commands.length).toBeGreaterThan(6);
  const codes = commands.map((command) => outcomes.get(command)!.code);
  expect(codes).toEqual(commands.map((_, i) => (i === commands.length - 1 ? 1 : 0)));
});

test('a filled table has no gaps, and its other cells as they were', () => {
  const [before, after] = [cells(csv), cells(file('filled.csv'))];
  expect(after.flat()).not.toContain('');
  const kept = after.map((row, i) => row.map((cell, j) => (before[i]![j] === '' ? '' : cell)));
  expect(kept).toEqual(before);
  // Weights are whole numbers.
  expect(after.slice(1).every(([, weight]) => /^\d+$/.test(weight!))).toBe(true);
  expect(file('drawn-1.csv')).not.toBe(file('drawn-2.csv'));
});

test('scores, features and new rows have a row for each row', () => {
  expect(cells(file('scores.csv'))).toHaveLength(9);
  expect(parseNpy(readFileSync(join(folder, 'features.npy')), 'features.npy').shape).toEqual([
    8, 2,
  ]);
  const [header, ...rows] = cells(file('people-like.csv'));
  expect(header).toEqual(['height', 'weight', 'city', 'smoker']);
  expect(rows).toHaveLength(100);
  expect(new Set(rows.map(([, , city]) => city))).toEqual(new Set(['Bern', 'Chur']));
});

test('the report says what the columns hold, and how to repeat the run', () => {
  const report = file('runs/quick/report.html');
  expect(report).toContain('Bern, Chur');
  expect(report).toMatch(/deepbelief train .*--data .*people\.csv/);
});

test('a model of a table is exported with its schema; commands for stacks say what to use', async () => {
  const onnx = join(folder, 'people.onnx');
  const { code } = await deepbelief(['export', join(folder, 'runs/people'), '--onnx', onnx]);
  expect(code).toBe(0);
  expect(readFileSync(onnx).toString('latin1')).toContain('deepbelief.schema');
  const model = join(folder, 'runs/people/model.safetensors');
  expect(onlyComplaint(await deepbelief(['evaluate', model]))).toMatch(
    /holds a model of a table or of arrays, expected an RBM, .*; use deepbelief impute, /,
  );
});

test('a schema that look wrote is changed and trained with', async () => {
  expect((await run('deepbelief look people.csv --schema schema.json')).code).toBe(0);
  const schema = JSON.parse(file('schema.json')) as { columns: { name: string; kind: string }[] };
  const columns = schema.columns.map((column) =>
    column.name === 'weight'
      ? { name: 'weight', gaps: 1, kind: 'ignored', why: 'by hand' }
      : column,
  );
  writeFileSync(join(folder, 'changed.json'), JSON.stringify({ ...schema, columns }));
  const trained = await run(
    'deepbelief train --data people.csv --schema changed.json --out runs/changed --json',
  );
  expect(onlyObject(trained)['schema']).toMatchObject({ columns });
  const both = 'train --data people.csv --schema changed.json --label city --out runs/both';
  expect(onlyComplaint(await run(`deepbelief ${both}`))).toMatch(
    /--label is given beside --schema/,
  );
});

test('a label makes a classifier, whose classes and probabilities are written', async () => {
  const whole = cells(csv).filter((row) => row[2] !== '');
  writeFileSync(join(folder, 'labeled.csv'), `${whole.map((row) => row.join(',')).join('\n')}\n`);
  const trained = await run('deepbelief train --data labeled.csv --label city --out runs/city2');
  expect(trained.code).toBe(0);
  const found = onlyObject(
    await run('deepbelief predict runs/city2 --data labeled.csv --out classes.csv --json'),
  );
  expect(found).toMatchObject({ rows: 7 });
  expect(cells(file('classes.csv'))[0]).toEqual(['city', 'P(Bern)', 'P(Chur)']);
});

test.for([
  ['impute runs/people --data missing.csv --out x.csv', 'missing.csv'],
  ['impute runs/people --data people.csv --out x.doc', 'expected a name that ends in .csv'],
  ['impute runs/nothing --data people.csv --out x.csv', 'is not there'],
  ['impute runs/people --data odd.csv --out x.csv', 'row 1, column "city": the category "Rome"'],
  ['impute runs/people --data text.csv --out x.csv', 'row 1, column "height": the value is "tall"'],
  ['impute runs/people --data short.csv --out x.csv', 'column "smoker": there is no such column'],
  ['impute runs/people --data people.csv --out x.csv --imputations 2', 'add --method sample'],
  ['predict runs/people --data people.csv --out x.csv', 'was trained without a label'],
  ['train --data people.csv --out runs/people', 'already exists'],
  ['train --data people.csv --out runs/x --label town', '"town" is no column'],
  ['train --data people.csv --out runs/x --compare', '--compare is for MNIST and idx folders'],
  ['train --data people.csv --out runs/x --kind city=number', 'column "city": the value is "Chur"'],
  ['train --data ragged.csv --out runs/x', 'row 2: it has 1 cells'],
  ['train --data constant.csv --out runs/x', 'nothing is left to learn from'],
])('deepbelief %s: one line', async ([command, message]) => {
  const header = 'height,weight,city,smoker\n';
  writeFileSync(join(folder, 'odd.csv'), `${header}170,60,Rome,no\n`);
  writeFileSync(join(folder, 'text.csv'), `${header}tall,60,Bern,no\n`);
  writeFileSync(join(folder, 'short.csv'), 'height,weight,city\n170,60,Bern\n');
  writeFileSync(join(folder, 'ragged.csv'), 'a,b\n1,2\n3\n4,5\n');
  writeFileSync(join(folder, 'constant.csv'), 'a,b\n1,2\n1,2\n1,2\n');
  expect(onlyComplaint(await run(`deepbelief ${command}`))).toContain(message);
});
