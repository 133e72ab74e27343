import { expect, test } from 'vitest';
import { HELP, parseArguments } from '../src/arguments.ts';
import { CASES } from '../src/cases.ts';

test('without arguments all cases are measured, but the one that is for tests', () => {
  const { cases, ...rest } = parseArguments([]);
  expect(cases.map(({ name }) => name)).toEqual(
    CASES.map(({ name }) => name).filter((name) => !name.startsWith('tiny')),
  );
  expect(rest).toEqual({
    list: false,
    help: false,
    json: false,
    backend: undefined,
    threads: undefined,
    rounds: 7,
    peers: true,
    python: '/usr/bin/python3',
  });
});

test('cases are named, backend, threads and rounds given', () => {
  const args = [
    '--case',
    'tiny',
    '--case',
    'cd1-2048x4000-nrelu',
    '--backend',
    'wasm',
    '--threads',
    '1',
  ];
  expect(parseArguments([...args, '--rounds', '3', '--no-peers', '--json'])).toMatchObject({
    cases: [
      { name: 'tiny' },
      { name: 'cd1-2048x4000-nrelu', sizes: [2048, 4000], visible: 'gaussian' },
    ],
    backend: 'wasm',
    threads: 1,
    rounds: 3,
    peers: false,
    json: true,
  });
});

test.each([
  [['--case', 'cd1'], /^--case is cd1, expected one of cd1-784x500-binary, /],
  [['--backend', 'gpu'], /^--backend is gpu, expected one of /],
  [['--rounds', '0'], '--rounds is 0, expected a whole number, 1 or more'],
  [['--threads', 'x'], '--threads is x, expected a whole number, 1 or more'],
  [['--quick'], /^Unknown option '--quick'.*see --help\)$/],
  [['tiny'], /see --help\)$/],
])('%j is refused in one line', (args, expected) => {
  expect(() => parseArguments(args)).toThrow(expected);
});

test('the help names every option', () => {
  for (const option of [
    'list',
    'case',
    'backend',
    'threads',
    'rounds',
    'no-peers',
    'python',
    'json',
    'help',
  ]) {
    expect(HELP).toContain(`  --${option}`);
  }
});
