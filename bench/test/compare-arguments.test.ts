import { expect, test } from 'vitest';
import { COMPARE_HELP, parseCompareArguments } from '../src/compare-arguments.ts';
import { CASES } from '../src/cases.ts';
import { COMPARE_CASES } from '../src/compare-cases.ts';

test('by default every case runs, with the faces of the data folder', () => {
  expect(parseCompareArguments(['../before'], 'data')).toEqual({
    help: false,
    list: false,
    other: '../before',
    bench: false,
    cases: COMPARE_CASES,
    benchCases: [],
    quick: false,
    faces: 'data/lfw',
    backend: undefined,
    threads: undefined,
    work: undefined,
    starts: 3,
    rounds: 7,
  });
});

test('with --bench the cases are those of npm run bench', () => {
  const { benchCases, cases } = parseCompareArguments(['../before', '--bench'], undefined);
  expect(benchCases).toEqual(CASES.filter(({ name }) => !name.startsWith('tiny')));
  expect(cases).toEqual([]);
  const one = parseCompareArguments(['a', '--bench', '--case', 'tiny'], undefined);
  expect(one.benchCases.map(({ name }) => name)).toEqual(['tiny']);
});

test.each([
  [[], /^0 folders, expected one/],
  [['a', 'b'], /^2 folders, expected one/],
  [['a', '--case', 'tiny'], /^--case is tiny, expected one of demo, /],
  [['a', '--bench', '--case', 'demo'], /^--case is demo, expected one of cd1-/],
  [['a', '--rounds', '0'], '--rounds is 0, expected a whole number, 1 or more'],
  [['a', '--fast'], /^Unknown option '--fast'.*see --help\)$/],
])('%j is refused in one line', (args, expected) => {
  expect(() => parseCompareArguments(args, undefined)).toThrow(expected);
});

test('the help names every option', () => {
  const options = 'quick case list faces backend threads work bench starts rounds help';
  for (const option of options.split(' ')) expect(COMPARE_HELP).toContain(`  --${option}`);
});
