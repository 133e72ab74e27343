import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pythonWith, run } from './support/python.ts';

const PAGE = new URL('../../../docs/from-python.md', import.meta.url);
const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

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
  skip(
    python === undefined,
    `no Python with ${modules.join(', ')}; on Debian, apt-get install python3-${modules.at(-1)} brings it`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'deepbelief-python-'));
  try {
    symlinkSync(MODULES, join(folder, 'node_modules'));
    for (const [i, { language, text }] of blocks.entries()) {
      const file = join(folder, `block-${i + 1}.${language === 'ts' ? 'mts' : 'py'}`);
      writeFileSync(file, text);
      const [command, ...args] =
        language === 'ts'
          ? [process.execPath, '--conditions=@deepbelief/source', file]
          : [python, file];
      await expect(run(command!, args, folder)).resolves.toBeUndefined();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
