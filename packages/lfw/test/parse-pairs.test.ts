import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LfwError, parsePairs } from '../src/index.ts';
import { unexpectedError } from './files.ts';

const view1 = '1\nA_B\t1\t2\nA_B\t1\tC\t12\n';

test('a file of View 1 is one fold, same-person pairs first', () => {
  expect(parsePairs(view1, 'pairsDevTrain.txt')).toEqual({
    file: 'pairsDevTrain.txt',
    folds: [
      [
        { first: 'A_B_0001', second: 'A_B_0002', same: true, where: 'pairsDevTrain.txt line 2' },
        { first: 'A_B_0001', second: 'C_0012', same: false, where: 'pairsDevTrain.txt line 3' },
      ],
    ],
  });
});

test('a file of View 2 has folds of equal size', () => {
  const fold = (person: string): string =>
    `${person}\t1\t2\n${person}\t1\t3\n${person}\t1\tZ\t1\n${person}\t2\tZ\t2\n`;
  const { folds } = parsePairs(`3\t2\n${fold('A')}${fold('B')}${fold('C')}`, 'pairs.txt');
  expect(folds.map((pairs) => pairs.map(({ first, same }) => `${first} ${same}`))).toEqual(
    ['A', 'B', 'C'].map((name) => [1, 1, 1, 2].map((number, i) => `${name}_000${number} ${i < 2}`)),
  );
  expect(folds[2]?.[3]?.where).toBe('pairs.txt line 13');
});

test('a byte-order mark is skipped', () => {
  expect(parsePairs(`\uFEFF${view1}`, 'p')).toEqual(parsePairs(view1, 'p'));
});

test('both kinds of line ends are read, and the last one may be missing', () => {
  const expected = parsePairs(view1, 'p');
  expect(parsePairs(view1.replaceAll('\n', '\r\n'), 'p')).toEqual(expected);
  expect(parsePairs(view1.trimEnd(), 'p')).toEqual(expected);
});

test('the copy without its first line has its own error', () => {
  for (const line of ['Abel_Pacheco\t1\t4', 'Abdel_Madi_Shabneh\t1\tDean_Barker\t1']) {
    expect(() => parsePairs(`${line}\nA\t1\t2\n`, 'pairs.txt')).toThrow(
      `pairs.txt line 1: it is ${JSON.stringify(line)}, a pair, expected the counts, in pairs.txt "10⇥300": ` +
        'this copy lacks its first line',
    );
  }
});

test('other mistakes are errors with the line', () => {
  const wrong: [text: string, message: string][] = [
    ['', 'p line 1: there is "", expected "folds⇥pairs" or "pairs"'],
    // Characters that break the message's line or control a terminal show as numbers.
    [
      'a\u2028\u009b',
      String.raw`p line 1: there is "a\u2028\u009b", expected "folds⇥pairs" or "pairs"`,
    ],
    ['x\n', 'p line 1: there is "x"'],
    ['0\n', 'p line 1: there is "0"'],
    ['1\t2\t3\t4\t5\n', 'p line 1: it has 5 fields'],
    ['999999999\t999999999\n', 'p: 1 lines, expected 1999999996000000000'],
    [`${view1}A\t1\t2\n`, 'p: 4 lines, expected 3, for 1 fold(s) of 1 pairs'],
    ['1\nA\t1\t2\nA\t1\t2\n', 'p line 3: it is "A\\t1\\t2", expected "name⇥number⇥name⇥number"'],
    [
      '1\nA\t1\tB\t2\nA\t1\tB\t2\n',
      'p line 2: it is "A\\t1\\tB\\t2", expected "name⇥number⇥number"',
    ],
    ['1\nA 1 2\nA\t1\tB\t2\n', 'p line 2: it is "A 1 2"'],
    ['1\nA\t1\t1\nA\t1\tB\t2\n', 'p line 2: it pairs "A_0001" with itself'],
    ['1\nA\t1\t2\nA\t1\tA\t2\n', 'p line 3: both images are of "A"'],
    ['1\nA\t1\t0\nA\t1\tB\t2\n', 'p line 2: there is "0", expected an image number'],
    ['1\nA\t1\t2.5\nA\t1\tB\t2\n', 'p line 2: there is "2.5"'],
    ['1\n../A\t1\t2\nA\t1\tB\t2\n', 'p line 2: there is "../A", expected a person'],
    ['1\n..\t1\t2\nA\t1\tB\t2\n', 'p line 2: there is ".."'],
    ['1\n\t1\t2\nA\t1\tB\t2\n', 'p line 2: there is ""'],
  ];
  for (const [text, message] of wrong) {
    expect(() => parsePairs(text, 'p')).toThrow(LfwError);
    expect(() => parsePairs(text, 'p')).toThrow(message);
  }
});

test('well-formed text is parsed, and any text gives pairs or a one-line error', async () => {
  const count = fc.integer({ min: 1, max: 9999 });
  const person = fc.stringMatching(/^[A-Za-z'_-]{1,12}$/);
  const fold = fc.record({
    same: fc.array(fc.tuple(person, count), { minLength: 2, maxLength: 2 }),
    different: fc.array(fc.tuple(person, count, count), { minLength: 2, maxLength: 2 }),
  });
  const padded = (number: number): string => String(number).padStart(4, '0');
  fc.assert(
    fc.property(fc.array(fold, { minLength: 1, maxLength: 4 }), (folds) => {
      const lines = folds.flatMap(({ same, different }) => [
        ...same.map(([name, n]) => `${name}\t${n}\t${n + 1}`),
        ...different.map(([name, n, m]) => `${name}\t${n}\t${name}2\t${m}`),
      ]);
      const found = parsePairs([`${folds.length}\t2`, ...lines].join('\n'), 'p').folds;
      expect(
        found.map((pairs) => pairs.map(({ first, second, same }) => [first, second, same])),
      ).toEqual(
        folds.map(({ same, different }) => [
          ...same.map(([name, n]) => [`${name}_${padded(n)}`, `${name}_${padded(n + 1)}`, true]),
          ...different.map(([name, n, m]) => [
            `${name}_${padded(n)}`,
            `${name}2_${padded(m)}`,
            false,
          ]),
        ]),
      );
    }),
    { seed: 1 },
  );
  const text = fc.string({
    unit: fc.constantFrom('1', '2', '0', 'A', '_', '\t', '\n', '\r', '.', '/', 'é'),
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, fc.string()), async (any) => {
      const form = /^p( line \d+)?: .*, expected .*: [^\n\r]*$/;
      expect(await unexpectedError(() => parsePairs(any, 'p'), form)).toBe('');
    }),
    { seed: 1, numRuns: 2000 },
  );
});
