import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pythonWith } from '../../../tooling/src/python.ts';

const PAGE = new URL('../../../docs/from-python.md', import.meta.url);

/** Within the package, so that the page's modules find the packages. */
const parent = fileURLToPath(new URL('../temp', import.meta.url));
mkdirSync(parent, { recursive: true });

/** A section's programs, in the order in which the reader runs them. */
interface Section {
  readonly title: string;
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
}

const sections: Section[] = readFileSync(PAGE, 'utf8')
  .split(/^## /m)
  .map((text) => ({
    title: text.split('\n', 1)[0]!,
    blocks: [...text.matchAll(/^```(ts|python)\n(.*?)^```$/gms)].map(([, language, block]) => ({
      language: language!,
      text: block!,
    })),
  }))
  .filter(({ blocks }) => blocks.length > 0);

/** Modules that programs import. */
function modulesOf(blocks: Section['blocks']): string[] {
  const programs = blocks.filter(({ language }) => language === 'python');
  const names = programs.flatMap(({ text }) =>
    [...text.matchAll(/^(?:import|from) ([a-z]+)/gm)].map(([, name]) => name!),
  );
  return [...new Set(names)];
}

test('the page has a way there and back for NumPy, scikit-learn and PyTorch', () => {
  expect(sections.map(({ blocks }) => modulesOf(blocks).at(-1))).toEqual([
    'numpy',
    'numpy',
    'sklearn',
    'sklearn',
    'torch',
    'torch',
  ]);
});

test.for(sections)('its programs run: $title', async ({ blocks }, { skip }) => {
  const modules = modulesOf(blocks);
  const python = pythonWith(modules);
  const last = modules.at(-1);
  const remedy = `on Debian, apt-get install python3-${last} brings ${last}`;
  skip(python === undefined, `no Python with ${modules.join(', ')}; ${remedy}`);
  const before = process.cwd();
  const folder = mkdtempSync(join(parent, 'python-'));
  const done: string[] = [];
  process.chdir(folder);
  try {
    for (const [i, { language, text }] of blocks.entries()) {
      const file = join(folder, `block-${i + 1}.${language}`);
      writeFileSync(file, text);
      // Programs throw an error where the numbers of both sides differ.
      if (language === 'ts') await import(/* @vite-ignore */ file);
      else execFileSync(python!, [file], { stdio: 'pipe' });
      done.push(file);
    }
    expect(done).toHaveLength(blocks.length);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
});
