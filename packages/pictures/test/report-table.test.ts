import { expect, test } from 'vitest';
import { reportTable } from '../src/report-table.ts';

test('numbers stand on the right, texts on the left, what is missing is a dash', () => {
  const html = reportTable({
    kind: 'table',
    columns: [{ heading: 'units' }, { heading: 'error', format: (value) => value.toFixed(3) }],
    rows: [
      ['binary', 0.02],
      ['nrelu', null],
    ],
  });
  expect(html).toContain(
    '<thead><tr><th scope="col">units</th><th scope="col" class="number">error</th></tr></thead>',
  );
  expect(html).toContain('<tr><th scope="row">binary</th><td class="number">0.020</td></tr>');
  expect(html).toContain('<tr><th scope="row">nrelu</th><td class="number">–</td></tr>');
});

test('the best of a column is marked by its value, whatever its text', () => {
  const html = reportTable({
    kind: 'table',
    columns: [
      { heading: 'a' },
      { heading: 'error', best: 'lowest' },
      { heading: 'accuracy', best: 'highest' },
    ],
    rows: [
      ['x', { value: 0.02, text: '2.0' }, 0.98],
      ['y', { value: 0.1, text: '10.0' }, 0.9],
      ['z', { value: NaN, text: 'failed' }, null],
    ],
  });
  expect([...html.matchAll(/<strong>(.*?)<\/strong>/g)].map((match) => match[1])).toEqual([
    '2.0',
    '0.98',
  ]);
  expect(html).toContain('Best of a column in bold.');
});

test('a row of the wrong length is refused', () => {
  expect(() =>
    reportTable({
      kind: 'table',
      caption: 'errors',
      columns: [{ heading: 'a' }],
      rows: [['x', 1]],
    }),
  ).toThrow("renderReport: row 0 of table 'errors' has 2 cells, expected 1, one per column");
});
