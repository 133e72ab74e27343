import { expect, test } from 'vitest';
import {
  findSchema,
  openTable,
  parseSchema,
  schemaUnits,
  TableError,
  type FindSchemaOptions,
  type TableSchema,
} from '../src/index.ts';
import { temporaryFiles } from './temporary-files.ts';

const saved = temporaryFiles();

async function schemaOf(text: string, options: FindSchemaOptions = {}): Promise<TableSchema> {
  return findSchema(await openTable(saved('t.csv', text)), options);
}

/** Twelve rows of every kind, with gaps. */
const HEAD = 'id,height,smoker,city,grade,visits,unit,empty';
const ROWS = Array.from({ length: 12 }, (_, i) =>
  [
    `person ${i}`,
    i === 3 ? 'NA' : (150 + i * 1.5).toFixed(1),
    i % 3 === 0 ? 'yes' : 'no',
    i === 5 ? '' : ['Bern', 'Aarau', 'Chur'][i % 3],
    (i % 4) + 1,
    [0, 1, 2, 3, 5, 2, 1, 12, 4, 3, 2, 7, 6][i],
    'cm',
    '?',
  ].join(','),
);
const TABLE = `${HEAD}\n${ROWS.join('\n')}\n`;

test('the kind of every column is found, with its categories, moments and gaps', async () => {
  const { columns, rows } = await schemaOf(TABLE, { kinds: { visits: 'count' } });
  const heights = Array.from({ length: 12 }, (_, i) => 150 + i * 1.5).filter((_, i) => i !== 3);
  const mean = heights.reduce((a, b) => a + b) / 11;
  const variance = heights.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 11;
  expect(rows).toBe(12);
  expect(columns).toEqual([
    { name: 'id', gaps: 0, kind: 'ignored', why: 'it has 12 different texts, maybe names' },
    {
      name: 'height',
      gaps: 1,
      kind: 'number',
      mean: expect.closeTo(mean, 10) as number,
      deviation: expect.closeTo(Math.sqrt(variance), 10) as number,
    },
    { name: 'smoker', gaps: 0, kind: 'binary', categories: ['no', 'yes'] },
    { name: 'city', gaps: 1, kind: 'category', categories: ['Aarau', 'Bern', 'Chur'] },
    { name: 'grade', gaps: 0, kind: 'ordinal', categories: ['1', '2', '3', '4'] },
    { name: 'visits', gaps: 0, kind: 'count', most: 12 },
    { name: 'unit', gaps: 0, kind: 'ignored', why: 'it is constant: "cm"' },
    { name: 'empty', gaps: 12, kind: 'ignored', why: 'all its values are missing' },
  ]);
});

test('a schema survives JSON, and its units are those of its columns', async () => {
  const schema = await schemaOf(TABLE, { label: 'smoker', kinds: { visits: 'count' } });
  expect(parseSchema(JSON.stringify(schema), 's.json')).toEqual(schema);
  expect(schemaUnits(schema)).toEqual({
    type: 'mixed',
    parts: [
      { units: { type: 'gaussian', sigma: 1, learnSigma: true }, size: 1 },
      { units: { type: 'softmax', groupSize: 3 }, size: 3 },
      { units: { type: 'ordinal', levels: 4 }, size: 1 },
      { units: { type: 'poisson', most: 12 }, size: 1 },
    ],
  });
});

test('labels from 1 are categories in the order of their numbers', async () => {
  const rows = Array.from({ length: 24 }, (_, i) => `${i * 0.5},${(i % 12) + 1}`);
  const { columns, label } = await schemaOf(`x,y\n${rows.join('\n')}\n`, { label: 'y' });
  expect(label).toBe('y');
  const categories = Array.from({ length: 12 }, (_, i) => String(i + 1));
  expect(columns[1]).toEqual({ name: 'y', gaps: 0, kind: 'category', categories });
});

test('whole numbers with the variance of a Poisson distribution are counts', async () => {
  const counts = [0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, 11];
  const { columns } = await schemaOf(`n\n${counts.join('\n')}\n`);
  expect(columns[0]).toMatchObject({ kind: 'count', most: 11 });
});

const NUMBERS = Array.from({ length: 20 }, (_, i) => `${i}.5,a${i % 2}`).join('\n');

test.for([
  [`x,y\n${NUMBERS}\nabc,a1\n`, {}, 'row 21, column "x": the value is "abc", expected a number'],
  [`x,y\n${NUMBERS}\n-inf,a1\n`, {}, 'row 21, column "x": the value is "-inf", expected a finite'],
  [`x,y\n${NUMBERS}\n1,\n`, { label: 'y' }, 'column "y": 1 rows have no label'],
  ['x,y\n1,2\n', {}, 'nothing is left to learn from: each of its 2 columns'],
  ['x,y\n', {}, 'the table has no rows below its header'],
  [`x,y\n${NUMBERS}\n`, { label: 'z' }, '"z" is no column, expected one of "x", "y"'],
  [`x,y\n${NUMBERS}\n`, { kinds: { x: 'binary' } }, 'column "x": it has 20 different values'],
  [`x,y\n${NUMBERS}\n`, { kinds: { x: 'count' } }, 'column "x": its values go from 0.5 to 19.5'],
  [`x,y\n${NUMBERS}\n`, { kinds: { y: 'number' } }, 'row 1, column "y": the value is "a0"'],
  [`x,y\n${NUMBERS}\n`, { kinds: { y: 'text' } }, 'the kind of "y" is "text", expected one of'],
] as const)('bad data are one line with row and column: %#', async ([text, options, message]) => {
  await expect(schemaOf(text, options as FindSchemaOptions)).rejects.toThrow(message);
});

test.for([
  ['{', 'it is not JSON'],
  [
    '{"format":"other"}',
    's.json: "format" of the schema is "other", expected "deepbelief table schema 1"',
  ],
  [
    '{"format":"deepbelief table schema 1","rows":1,"columns":[{"name":"a","gaps":0,"kind":"number","mean":0,"deviation":0}]}',
    '"deviation" of column 1 is 0, expected a finite number above 0',
  ],
  [
    '{"format":"deepbelief table schema 1","rows":1,"columns":[{"name":"a","gaps":0,"kind":"binary","categories":["x","x"]}]}',
    'column "a": the category "x" is there twice',
  ],
  [
    '{"format":"deepbelief table schema 1","rows":1,"columns":[{"name":"a","gaps":0,"kind":"count","most":3}],"label":"b"}',
    'column "b": the label is no column',
  ],
] as const)('a schema that does not fit is one line: %#', ([text, message]) => {
  expect(() => parseSchema(text, 's.json')).toThrow(TableError);
  expect(() => parseSchema(text, 's.json')).toThrow(message);
});
