import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeNpz, type NumericArray } from '@deepbelief/arrays';
import { encodeIdx } from '@deepbelief/data';
import { parseSchema } from '@deepbelief/tables';
import { afterAll, expect, test } from 'vitest';
import { binCounts, textBars } from '../src/bin-counts.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepbelief-look-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function saved(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A gray picture of 2 × 2 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNg' +
    'ZGJgZgEAAB0ACw21UgYAAAAASUVORK5CYII=',
  'base64',
);

const ROWS = Array.from(
  { length: 30 },
  (_, i) => `${i % 7 === 0 ? '' : `${(i * 13) % 30}.5`},${'ab'[i % 2]},k`,
);
const TABLE = `x,b,c\n${ROWS.join('\n')}\n`;

test('a table is shown with gaps, histograms, and the units that fit', async () => {
  const { code, stdout, stderr } = await deepbelief(['look', saved('t.csv', TABLE)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('t.csv: a CSV file, 30 rows, 3 columns\n');
  expect(stdout).toMatch(/^x +16\.7% +5\.5 to 29\.5, .*gaussian +it has numbers with fractions$/m);
  expect(stdout).toMatch(/^b +a 50%, b 50% +binary +it has two different values$/m);
  expect(stdout).toMatch(/^c +k 100% +none +it is constant: "k"$/m);
});

test('the schema can be changed and read again, and the report has a histogram', async () => {
  const table = saved('t.csv', TABLE);
  const [schema, report] = [join(folder, 's.json'), join(folder, 'r.html')];
  const { code, stderr } = await deepbelief(
    ['look', table, '--schema', schema, '--label', 'b'].concat(['--report', report]),
  );
  expect(code).toBe(0);
  expect(stderr).toContain(`train with --schema ${schema}`);
  const { columns, label } = parseSchema(readFileSync(schema, 'utf8'), schema);
  expect(label).toBe('b');
  expect(columns.map(({ kind }) => kind)).toEqual(['number', 'binary', 'ignored']);
  const page = readFileSync(report, 'utf8');
  expect(page).toMatch(/30\srows and 3\scolumns\. 1\scolumn has gaps/);
  expect(page).toContain('25 values of x from 5.5 to 29.5');
});

test('arrays and idx files are shown, and pictures are in their report', async () => {
  const x: NumericArray = { dtype: 'float64', shape: [2, 2], data: Float64Array.of(0, NaN, 0, 3) };
  const npz = saved('a.npz', await encodeNpz({ x }));
  const { arrays } = onlyObject(await deepbelief(['look', npz, '--json']));
  expect(arrays).toMatchObject([{ name: 'x', shape: [2, 2], missing: 1, constant: 1, highest: 3 }]);
  const data = Uint8Array.from({ length: 2 * 64 }, (_, i) => i);
  const idx = saved('i.gz', gzipSync(encodeIdx({ dtype: 'uint8', shape: [2, 8, 8], data })));
  const report = join(folder, 'i.html');
  const { code, stdout } = await deepbelief(['look', idx, '--report', report]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^array +uint8 +2×8×8 +0 to 127, .*binary, gaussian/m);
  expect(readFileSync(report, 'utf8')).toContain('The first 2 of 2 examples');
});

test('a folder of pictures is shown with its classes, sizes and wrong files', async () => {
  mkdirSync(join(folder, 'pictures', 'ones'), { recursive: true });
  saved('pictures/ones/a.png', PNG);
  saved('pictures/ones/b.png', 'nothing');
  const [pictures, report] = [join(folder, 'pictures'), join(folder, 'p.html')];
  const { code, stdout } = await deepbelief(['look', pictures, '--report', report]);
  expect(code).toBe(0);
  expect(stdout).toContain('a folder of pictures, 2 pictures, 1 classes');
  expect(stdout).toMatch(/^ones +2$/m);
  expect(stdout).toMatch(/^2×2 +png +gray +1$/m);
  expect(stdout).toMatch(/b\.png: it cannot be decoded/);
  expect(readFileSync(report, 'utf8')).toMatch(/1\spicture of 2, in gray/);
});

test.each([
  [['t.csv', '--label', 'b'], '--label is given without --schema'],
  [['t.csv', '--schema', 's.json', '--label', 'z'], '"z" is no column, expected one of "x"'],
  [['u.csv'], 'row 2: it has 1 cells, expected 2'],
  [['i.gz', '--schema', 's.json'], '--schema is for tables, and'],
  [['i.gz', '--no-header'], '--no-header is for CSV, and'],
  [['t.csv.gz'], 'the file is compressed, expected plain data: unpack it first'],
  [['none.csv'], 'none.csv: cannot be read'],
] as const)('a mistake is one line: %#', async ([name, ...args], message) => {
  saved('u.csv', 'a,b\n1,2\n3\n');
  saved('t.csv.gz', gzipSync(TABLE));
  expect(onlyComplaint(await deepbelief(['look', join(folder, name), ...args]))).toContain(message);
});

test('bins hold all numbers, and whole numbers fall into bins of one width', () => {
  expect(binCounts([], 4)).toBeUndefined();
  expect(binCounts([2, 2], 4)).toEqual({ low: 1.5, high: 2.5, counts: [2] });
  expect(binCounts([0.5, 0.75, 1, 2.5], 4)).toEqual({ low: 0.5, high: 2.5, counts: [2, 1, 0, 1] });
  expect(binCounts([1, 2, 5], 16)).toEqual({ low: 0.5, high: 5.5, counts: [1, 1, 0, 0, 1] });
  expect(binCounts([0, 1, 2, 3, 4], 3)).toEqual({ low: -0.5, high: 5.5, counts: [2, 2, 1] });
  expect(textBars({ low: 0, high: 1, counts: [0, 1, 4, 8] })).toBe(' ▁▄█');
});
