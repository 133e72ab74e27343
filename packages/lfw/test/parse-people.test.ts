import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LfwError, parsePeople } from '../src/index.ts';
import { unexpectedError } from './files.ts';

test('people come in folds; there is one if the file begins with the number of people', () => {
  const [a, b] = [
    { name: 'A_B', images: 3 },
    { name: 'C', images: 1 },
  ];
  expect(parsePeople('2\nA_B\t3\nC\t1\n', 'peopleDevTest.txt')).toEqual({
    file: 'peopleDevTest.txt',
    folds: [[a, b]],
  });
  expect(parsePeople('2\n1\nA_B\t3\n1\nC\t1\n', 'people.txt').folds).toEqual([[a], [b]]);
});

test('a byte-order mark is skipped', () => {
  expect(parsePeople('\uFEFF2\nA_B\t3\nC\t1\n', 'p')).toEqual(
    parsePeople('2\nA_B\t3\nC\t1\n', 'p'),
  );
});

test('mistakes are errors with the line', () => {
  const wrong: [text: string, message: string][] = [
    ['', 'p: 0 lines, expected the number of folds or of people in line 1'],
    ['A\t1\n', 'p line 1: there is "A\\t1"'],
    ['3\nA\t1\n', 'p: 1 lines after line 1, expected 3 people'],
    ['1\nA\t1\nB\t1\n', 'p: 3 lines, expected 2, by its counts'],
    ['2\n1\nA\t1\n', 'p: 3 lines, expected the number of people of fold 2 in line 4'],
    ['2\nA\t1\nA\t2\n', 'p line 3: "A" is there twice'],
    ['1\nA\t1\t2\n', 'p line 2: it is "A\\t1\\t2", expected "name⇥images"'],
    ['1\nA\t0\n', 'p line 2: there is "0", expected a number of images'],
    ['1\na/b\t1\n', 'p line 2: there is "a/b"'],
  ];
  for (const [text, message] of wrong) {
    expect(() => parsePeople(text, 'p')).toThrow(LfwError);
    expect(() => parsePeople(text, 'p')).toThrow(message);
  }
});

test('well-formed text is parsed, and any text gives people or a one-line error', async () => {
  const people = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[A-Za-z_-]{1,8}$/),
      images: fc.integer({ min: 1, max: 600 }),
    }),
    { minLength: 2, maxLength: 12, selector: ({ name }) => name },
  );
  fc.assert(
    fc.property(people, fc.integer({ min: 1, max: 11 }), (all, cut) => {
      const folds = [all.slice(0, cut), all.slice(cut)].filter(({ length }) => length > 0);
      const lines = folds.flatMap((fold) => [
        fold.length,
        ...fold.map(({ name, images }) => `${name}\t${images}`),
      ]);
      expect(parsePeople([folds.length, ...lines].join('\n'), 'p').folds).toEqual(folds);
      const [one] = folds;
      const alone = [one!.length, ...one!.map(({ name, images }) => `${name}\t${images}`)].join(
        '\n',
      );
      expect(parsePeople(alone, 'p').folds).toEqual([one]);
    }),
    { seed: 1 },
  );
  const text = fc.string({
    unit: fc.constantFrom('1', '2', 'A', '\t', '\n', '\r', '/'),
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.string()), async (any) => {
      const form = /^p( line \d+)?: .*, expected .*: [^\n\r]*$/;
      expect(await unexpectedError(() => parsePeople(any, 'p'), form)).toBe('');
    }),
    { seed: 1, numRuns: 2000 },
  );
});
