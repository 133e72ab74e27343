import { parse } from 'csv-parse/sync';
import { array, assert, constantFrom, nat, pre, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from '../src/parse-csv.ts';

const ENDS = { separator: ',', lineEnd: '\n', skipEmpty: true } as const;

/** Texts of the characters that matter, and of some that do not. */
const texts = array(constantFrom('"', '""', ',', '\n', '\r\n', 'a', 'é', '😀', ' ', ',"b",'), {
  maxLength: 20,
}).map((parts) => parts.join(''));

/** What csv-parse reads, another package for CSV; undefined where it finds a fault. */
function expected(text: string): string[][] | undefined {
  try {
    return parse(text, {
      relax_column_count: true,
      relax_quotes: false,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    });
  } catch {
    return undefined;
  }
}

function read(text: string, ends: Parameters<typeof parseCsv>[1] = ENDS): string[][] | undefined {
  const { rows, fault } = parseCsv(text, ends, true);
  return fault === undefined ? rows : undefined;
}

test('texts that csv-parse takes are read as it reads them', () => {
  assert(
    property(texts, (text) => {
      // A line of two quotes is empty to one of them.
      const theirs = expected(text)?.filter((row) => row.join() !== '');
      pre(theirs !== undefined);
      expect(read(text)?.filter((row) => row.join() !== '')).toEqual(theirs);
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

test('a text that is cut anywhere has the same rows in its parts', () => {
  assert(
    property(texts, nat(), (text, place) => {
      const whole = read(text);
      if (whole === undefined) return;
      const first = parseCsv(text.slice(0, place % (text.length + 1)), ENDS, false);
      expect(first.fault).toBe(undefined);
      expect([...first.rows, ...(read(text.slice(first.read)) ?? [])]).toEqual(whole);
    }),
    { seed: 1, numRuns: 2000 },
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
] as const)('quotes that do not match are found: %#', ([text, fault]) => {
  expect(parseCsv(text, ENDS, true)).toMatchObject({ rows: [['a', 'b']], fault });
});

test('a quote within a cell is a character like any other', () => {
  expect(read('size,n\n5" pipe,1\n')).toEqual([
    ['size', 'n'],
    ['5" pipe', '1'],
  ]);
});
