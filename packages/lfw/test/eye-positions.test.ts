import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LfwError, parseEyes } from '../src/index.ts';
import { unexpectedError } from './files.ts';

test('positions are found by image name; comments and empty lines are skipped', () => {
  const eyes = parseEyes(
    '# image\teyes\nA_B_0001.jpg\t104.5\t113\t146\t-0.25\r\n\nC_0012\t1\t2\t3\t4',
    'eyes.tsv',
  );
  expect([...eyes]).toEqual([
    ['A_B_0001', { left: [104.5, 113], right: [146, -0.25] }],
    ['C_0012', { left: [1, 2], right: [3, 4] }],
  ]);
});

test('a byte-order mark is skipped, and pictures may have any ending', () => {
  const eyes = parseEyes('\uFEFFA_0001.jpg\t1\t2\t3\t4\nB_0001.PNG\t1\t2\t3\t4', 'eyes.tsv');
  expect([...eyes.keys()]).toEqual(['A_0001', 'B_0001']);
  expect(parseEyes('\uFEFF# image', 'eyes.tsv').size).toBe(0);
});

test('mistakes are errors with the line', () => {
  const form = 'expected "Name_0001.jpg⇥leftX⇥leftY⇥rightX⇥rightY"';
  const wrong: [text: string, message: string][] = [
    ['A_0001.jpg\t1\t2\t3', `eyes line 1: it is "A_0001.jpg\\t1\\t2\\t3", ${form}`],
    ['A_0001.jpg\t1\t2\t3\t4\t5', form],
    ['A_0001.jpg\t1\t2\t\t4', form],
    ['A_0001.jpg\t1\t2\t3e1\t4', form],
    ['A_0001.jpg\t1\t2\tNaN\t4', form],
    ['A_0001.jpg 1 2 3 4', form],
    ['A.jpg\t1\t2\t3\t4', form],
    ['A_0001\t1\t2\t3\t4\nA_0001.jpg\t1\t2\t3\t4', 'eyes line 2: "A_0001" is there twice'],
    [
      'A_0001\t3\t2\t1\t4',
      'eyes line 1: the left eye is at 3, 2 and the right one at 1, 4, expected the left one left',
    ],
    ['A_0001\t3\t2\t3\t40', 'expected the left one left of the other'],
  ];
  for (const [text, message] of wrong) {
    expect(() => parseEyes(text, 'eyes')).toThrow(LfwError);
    expect(() => parseEyes(text, 'eyes')).toThrow(message);
  }
});

test('any text gives positions or a one-line error', async () => {
  const text = fc.string({
    unit: fc.constantFrom('A_0001', '1', '20.5', '-', '\t', '\n', '#'),
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.string()), async (any) => {
      const form = /^eyes line \d+: .*, expected .*: [^\n\r]*$/;
      expect(await unexpectedError(() => parseEyes(any, 'eyes'), form)).toBe('');
    }),
    { seed: 1, numRuns: 2000 },
  );
});
