import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { openTable, TableError, type Cell, type TableOptions } from '../src/index.ts';
import { temporaryFiles } from './temporary-files.ts';

const saved = temporaryFiles();

async function read(
  name: string,
  content: string | Uint8Array,
  options: TableOptions = {},
): Promise<{ columns: readonly string[]; rows: (readonly Cell[])[]; notices: readonly string[] }> {
  const table = await openTable(saved(name, content), options);
  const { columns, notices } = table;
  const rows: (readonly Cell[])[] = [];
  for await (const some of table.rows()) rows.push(...some);
  return { columns, notices, rows };
}

test('quotes, line ends and a byte-order mark of CSV are read as RFC 4180 says', async () => {
  const found = await read('a.csv', '\ufeffname, x\r\n"a ""b"", c",1\r\n"two\r\nlines",2\r\n');
  expect(found.columns).toEqual(['name', 'x']);
  expect(found.rows).toEqual([
    ['a "b", c', '1'],
    ['two\r\nlines', '2'],
  ]);
  expect(found.notices).toEqual([]);
});

test('the separator and decimal commas are found and said', async () => {
  const found = await read('de.csv', 'Länge;Art\n1,5;rot, hell\n2,25;blau\n');
  expect(found.columns).toEqual(['Länge', 'Art']);
  expect(found.rows[0]).toEqual(['1,5', 'rot, hell']);
  expect(found.notices).toEqual(['The separator is ";".', 'Numbers have a decimal comma.']);
  const tabs = await read('t.csv', 'a\tb\n1\t2\n');
  expect(tabs.notices).toEqual(['The separator is a tab.']);
});

test('a first row with a number is data, unless a header is asked for', async () => {
  const text = '5.1,3.5,setosa\n4.9,3.0,setosa\n';
  const found = await read('i.csv', text);
  expect(found.columns).toEqual(['column 1', 'column 2', 'column 3']);
  expect(found.rows).toHaveLength(2);
  expect(found.notices).toEqual(['No row names the columns; they are numbered.']);
  expect((await read('i.csv', text, { header: true })).rows).toHaveLength(1);
});

test('JSON lines have a column for every key, and a gap where a row lacks it', async () => {
  const found = await read('a.jsonl', '{"a":1,"b":"x"}\n\n{"a":null,"c":true}\n');
  expect(found.columns).toEqual(['a', 'b', 'c']);
  expect(found.rows).toEqual([
    [1, 'x', null],
    [null, null, true],
  ]);
});

test('Parquet has numbers, texts, booleans, gaps and dates', async () => {
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'x', data: [1.5, null, -2], type: 'DOUBLE' },
      { name: 'n', data: [1n, 2n, 3n], type: 'INT64' },
      { name: 't', data: ['a', 'b', 'a'], type: 'STRING' },
      { name: 'b', data: [true, false, true], type: 'BOOLEAN' },
      { name: 'd', data: [0, 1, 2].map((ms) => new Date(ms)), type: 'TIMESTAMP' },
    ],
    rowGroupSize: 2,
  });
  const found = await read('a.parquet', new Uint8Array(bytes));
  expect(found.columns).toEqual(['x', 'n', 't', 'b', 'd']);
  expect(found.rows).toEqual([
    [1.5, 1, 'a', true, 0],
    [null, 2, 'b', false, 1],
    [-2, 3, 'a', true, 2],
  ]);
});

test('a file in many pieces has all its rows, also where characters are cut', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},ä€😀`);
  const found = await read('long.csv', `n,t\n${lines.join('\n')}\n`);
  expect(found.rows).toHaveLength(200_000);
  expect(found.rows.every(([n, t], i) => n === String(i) && t === 'ä€😀')).toBe(true);
});

test.for([
  ['e.csv', '', 'the file is empty'],
  ['r.csv', 'a,b\n1,2\n3\n', 'row 2: it has 1 cells, expected 2, one for each column'],
  ['r.csv', 'a,b\n1,2,3\n', 'row 1: it has 3 cells'],
  ['q.csv', 'a,b\n1,2\n"3,4\n', 'row 2: a quote is opened and never closed'],
  ['q.csv', 'a,b\n"1"2,3\n', 'row 1: a text goes on after its closing quote'],
  ['d.csv', 'a,a\n1,2\n', 'columns 1 and 2 are both called "a"'],
  ['u.csv', Buffer.from('a;b\n\xe4;2\n', 'latin1'), 'is not UTF-8, expected UTF-8: save it as'],
  ['w.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'the text is UTF-16, expected UTF-8'],
  ['j.jsonl', '{"a":1}\n[2]\n', 'row 2: the line is "[2]", expected a JSON object'],
  ['j.jsonl', '{"a":{}}\n', 'row 1, column "a": the value is a list or an object'],
  ['p.parquet', 'PAR1 and nothing else', 'it cannot be read ('],
] as const)('a bad file is one line with its place: %s %#', async ([name, content, message]) => {
  const attempt = read(name, content);
  await expect(attempt).rejects.toThrow(TableError);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(/^.*: .+, expected .+: .+$/);
});

test('options that do not fit are errors', async () => {
  const path = saved('a.jsonl', '{"a":1}\n');
  await expect(openTable(path, { separator: ';' })).rejects.toThrow('option separator is for CSV');
  await expect(openTable(path, { sep: ';' } as object)).rejects.toThrow('unknown option sep');
});
