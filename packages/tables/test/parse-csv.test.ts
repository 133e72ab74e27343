import { parse } from 'csv-parse/sync';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv, wholeRows, type CsvRows } from '../src/parse-csv.ts';

const ENDS = { separator: ',', lineEnd: '\n', skipEmpty: true } as const;

/** Texts of the characters that matter, and of some that do not. */
const texts = array(constantFrom('"', '""', ',', '\n', '\r\n', 'a', 'é', '😀', ' ', ',"b",'), {
  maxLength: 20,
}).map((parts) => parts.join(''));

/** What csv-parse reads; undefined where it finds a fault. */
function expected(text: string): string[][] | undefined {
  try {
    return parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    });
  } catch {
    return undefined;
  }
}

function read(text: string, ends: Parameters<typeof parseCsv>[1] = ENDS): string[][] | undefined {
  const { rows, fault }: CsvRows = parseCsv(text, ends);
  return fault === undefined ? rows : undefined;
}

test('texts are read, and refused, as csv-parse does', () => {
  assert(
    property(texts, (text) => {
      expect(read(text)).toEqual(expected(text));
    }),
    { seed: 1, numRuns: 1500 },
  );
});

test('cells that are written with quotes come back, whatever they hold', () => {
  const any = string({ unit: 'binary', maxLength: 8 });
  const cells = array(array(any, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  assert(
    property(cells, (rows) => {
      const quoted = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`));
      const text = quoted.map((row) => row.join(';')).join('\r\n');
      expect(read(text, { ...ENDS, separator: ';' })).toEqual(rows);
    }),
    { seed: 1 },
  );
});

test('a text that is cut behind whole rows has the same rows in its parts', () => {
  assert(
    property(texts, (text) => {
      const bytes = Buffer.from(text);
      const end = wholeRows(bytes, '\n');
      const whole = read(text);
      if (whole === undefined) return;
      const parts = [bytes.subarray(0, end), bytes.subarray(end)];
      expect(parts.flatMap((part) => read(part.toString()) ?? [])).toEqual(whole);
      expect(end === 0 || bytes[end - 1] === 10).toBe(true);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('a carriage return alone ends rows where it is asked for, and empty lines may count', () => {
  expect(read('a,b\r1,2\r', { ...ENDS, lineEnd: '\r' })).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(read('a\n\nb\n', { ...ENDS, skipEmpty: false })).toEqual([['a'], [''], ['b']]);
});

test.for([
  ['a,b\n"c,d\n', 'open quote'],
  ['a,b\n"c"d,e\n', 'after quote'],
  ['a,b\n"c"d",e\n', 'after quote'],
  ['a,b\nc"d",e\n', 'quote within'],
] as const)('quotes that do not match are found: %#', ([text, fault]) => {
  expect(parseCsv(text, ENDS)).toEqual({ rows: [['a', 'b']], fault });
});
