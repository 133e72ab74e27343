import { expect, test } from 'vitest';
import { compareFigures, figuresOf } from '../src/figures.ts';

test('figures are the leaves of plain data with all their digits; times, places and digests aside', () => {
  const printed = {
    rows: [{ units: 'nrelu', testError: 0.1 + 0.2, sd: null }],
    seconds: 12,
    report: '/somewhere/report.html',
    model: '0123456789abcdef'.repeat(4),
  };
  expect([...figuresOf(printed)]).toEqual([
    ['rows.0.units', '"nrelu"'],
    ['rows.0.testError', '0.30000000000000004'],
    ['rows.0.sd', 'null'],
  ]);
});

test('a last digit that differs is found, and so is a figure that went away', () => {
  const before = figuresOf({ error: 0.3, bound: 1, units: 'binary' });
  const after = figuresOf({ error: 0.30000000000000004, units: 'binary', more: true });
  expect(compareFigures(before, after)).toEqual({
    same: 1,
    differences: [
      { path: 'error', before: '0.3', after: '0.30000000000000004' },
      { path: 'bound', before: '1', after: undefined },
    ],
    added: ['more'],
  });
});
