import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import temml from 'temml';
import { expect, test } from 'vitest';
import { codeBlocks, writtenPages } from '../code-blocks.ts';
import { documentedPackages, repository } from '../places.ts';
import { commandLineComplaints } from './support/command-line.ts';
import { shellLines } from './support/shell-lines.ts';

/** What is checked of a block: `ts` runs in the package gate, the others are checked below. */
const KINDS = ['ts', 'sh', 'json', 'math'];

const blocks = codeBlocks();
const place = ({ page, line }: { page: string; line: number }): string => `${page}:${line}`;

test('every block of code is of a kind that a test runs', () => {
  expect(blocks.length).toBeGreaterThan(30);
  const others = blocks.filter(({ info }) => !KINDS.includes(info));
  expect(others.map((block) => `${place(block)}: ${block.info}`)).toEqual([]);
});

test('JSON can be parsed, and formulas can be drawn', () => {
  const ofKind = (kind: string): typeof blocks => blocks.filter(({ info }) => info === kind);
  for (const { code } of ofKind('json')) expect(JSON.parse(code)).toBeTypeOf('object');
  for (const block of ofKind('math')) expectDrawn(block.code, place(block));
  for (const [page, text] of writtenPages()) {
    const prose = text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`]*`/g, '');
    for (const [, formula] of prose.matchAll(/\$([^$]+)\$/g)) expectDrawn(formula!, page);
  }
});

function expectDrawn(formula: string, where: string): void {
  const mathml = temml.renderToString(formula, { throwOnError: true });
  expect(mathml, where).toMatch(/^<math/);
}

test('every command is there and has these options', () => {
  const complaints = blocks
    .filter(({ info }) => info === 'sh')
    .flatMap((block) =>
      shellLines(block.code)
        .flatMap(commandComplaints)
        .map((text) => `${place(block)}: ${text}`),
    );
  expect(complaints).toEqual([]);
});

test('a command or an option that is not there is noticed', () => {
  expect(commandComplaints(['npm', 'run', 'nothing'])).toEqual([
    'package.json has no script nothing',
  ]);
  expect(commandComplaints(['npx', '@deepbelief/cli', 'train', '--layer', '3'])).toEqual([
    'deepbelief train has no option --layer',
  ]);
  expect(commandComplaints(['npx', '@deepbelief/cli', 'reproduce', 'x'])).toEqual([
    'deepbelief has no command reproduce x',
  ]);
  expect(commandComplaints(['npm', 'install', '@deepbelief/rbms'])).toEqual([
    'no package is called @deepbelief/rbms',
  ]);
  expect(commandComplaints(['rm', 'all'])).toEqual(['the test does not know rm']);
});

/** What is wrong with a command, as words. */
function commandComplaints([name, ...words]: readonly string[]): string[] {
  if (name === 'npm') return npmComplaints(words);
  if (name === 'npx' && words[0] === '@deepbelief/cli')
    return commandLineComplaints(words.slice(1));
  return [`the test does not know ${name}`];
}

function npmComplaints([command, ...words]: readonly string[]): string[] {
  if (command === 'init' && words.join() === '-y') return [];
  if (command === 'pkg' && words.join(' ') === 'set type=module') return [];
  if (command === 'install') {
    return words
      .filter((word) => !word.startsWith('--') && !isPackage(word))
      .map((word) => `no package is called ${word}`);
  }
  if (command === 'run') {
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const [script = '', , ...rest] = words;
    if (!Object.hasOwn(scripts, script)) return [`package.json has no script ${script}`];
    return script === 'deepbelief' ? commandLineComplaints(rest) : [];
  }
  return [`the test does not know npm ${command}`];
}

/** Whether a name is that of a package of ours, or of one that this checkout has installed. */
function isPackage(name: string): boolean {
  if (name === '@deepbelief/cli') return true;
  if (name.startsWith('@deepbelief/'))
    return documentedPackages().some(({ short }) => `@deepbelief/${short}` === name);
  return ['.', 'packages/backend', 'apps/cli'].some((folder) =>
    existsSync(join(repository, folder, 'node_modules', name)),
  );
}
