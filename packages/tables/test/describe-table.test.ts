import { expect, test } from 'vitest';
import { describeTable, findSchema, openTable } from '../src/index.ts';
import { temporaryFiles } from './temporary-files.ts';

const saved = temporaryFiles();

const ROWS = Array.from(
  { length: 20 },
  (_, i) =>
    `${i + 5};${i === 3 ? '' : `${i},25`};${'ab'[i % 2]};${i % 5};${i === 7 ? 'x' : i * i};k`,
);

test('a description has the kind, the units, the gaps and the moments of every column', async () => {
  const path = saved('t.csv', `n;x;b;g;bad;c\n${ROWS.join('\n')}\n`);
  const { format, notices, rows, columns } = await describeTable(await openTable(path));
  expect({ format, rows }).toEqual({ format: 'csv', rows: 20 });
  expect(notices).toEqual(['The separator is ";".', 'Numbers have a decimal comma.']);
  expect(columns.map(({ name, kind, units, gaps }) => [name, kind, units, gaps])).toEqual([
    ['n', 'ignored', undefined, 0],
    ['x', 'number', 'gaussian', 1],
    ['b', 'binary', 'binary', 0],
    ['g', 'ordinal', 'ordinal', 0],
    ['bad', 'number', 'gaussian', 0],
    ['c', 'ignored', undefined, 0],
  ]);
  const [n, x, b, , bad, c] = columns;
  expect(n!.why).toBe('it numbers the rows');
  const known = Array.from({ length: 20 }, (_, i) => i + 0.25).filter((_, i) => i !== 3);
  const mean = known.reduce((sum, value) => sum + value) / 19;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19;
  expect(x!.moments).toEqual({
    mean: expect.closeTo(mean, 12) as number,
    deviation: expect.closeTo(Math.sqrt(variance), 12) as number,
    lowest: 0.25,
    highest: 19.25,
  });
  expect(x!.sample).toEqual(known);
  expect(b).toMatchObject({ moments: undefined, sample: [], different: 2 });
  expect(b!.frequent).toEqual([
    ['a', 10],
    ['b', 10],
  ]);
  expect(bad!.mistakes).toEqual(['row 8 is "x" beside 19 numbers']);
  expect(c!.why).toBe('it is constant: "k"');
});

test('numbers that rise by one are no inputs, unless they are few or asked for', async () => {
  const rows = Array.from({ length: 11 }, (_, i) => `${i + 100},${(i * 7) % 11}.5`);
  const table = await openTable(saved('n.csv', `id,x\n${rows.join('\n')}\n`));
  expect((await findSchema(table)).columns[0]).toMatchObject({ kind: 'ignored' });
  const asked = await findSchema(table, { kinds: { id: 'number' } });
  expect(asked.columns[0]).toMatchObject({ kind: 'number', mean: 105 });
  const few = await openTable(saved('f.csv', `id,x\n${rows.slice(0, 9).join('\n')}\n`));
  expect((await findSchema(few)).columns[0]).toMatchObject({ kind: 'ordinal' });
});
