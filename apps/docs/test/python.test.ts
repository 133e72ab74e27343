import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRbm, decodeRbm, encodeRbm, hiddenMean, visibleMean } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { setBackend, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeBlocks } from '../code-blocks.ts';
import { app } from '../places.ts';

/** Within the app, so that the pages' modules find the packages. */
const parent = join(app, 'temp');
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, 'python-'));
const DATA = Array.from({ length: 4 }, (_, row) =>
  Array.from({ length: 12 }, (__, column) => (((row + 1) * (column + 2)) % 3) & 1),
);
const HIDDEN = DATA.map((row) => row.slice(0, 5));

beforeAll(async () => {
  await setBackend('cpu');
  for (const { info, code } of codeBlocks()) {
    const file = /^py file=(\S+)$/.exec(info)?.[1];
    if (file !== undefined) writeFileSync(join(folder, file), code);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Python {
  readonly command: string;
  readonly has: ReadonlySet<string>;
}

/** The Python that has most of these modules. */
function findPython(modules: readonly string[]): Python {
  const code = `import importlib.util as u; print(*filter(u.find_spec, ${JSON.stringify(modules)}))`;
  const found = ['python3', '/usr/bin/python3'].map((command): Python => {
    try {
      const output = execFileSync(command, ['-c', code], { encoding: 'utf8', stdio: 'pipe' });
      return { command, has: new Set(output.trim().split(' ')) };
    } catch {
      return { command, has: new Set() };
    }
  });
  return found.reduce((best, one) => (one.has.size > best.has.size ? one : best));
}

/** What a page's Python blocks leave in variables, by an expression for each. */
function runPage(
  page: string,
  results: Readonly<Record<string, string>>,
): Record<string, number[][]> {
  const blocks = codeBlocks().filter((block) => block.page === page && block.info === 'py');
  const pairs = Object.entries(results).map(([name, value]) => `"${name}": (${value}).tolist()`);
  const end = [
    'import json',
    `data = np.array(${JSON.stringify(DATA)}, "f4")`,
    `states = np.array(${JSON.stringify(HIDDEN)}, "f4")`,
    `json.dump({${pairs.join(', ')}}, open("results.json", "w"))`,
  ];
  const file = join(folder, 'page.py');
  writeFileSync(file, ['import numpy as np', ...blocks.map(({ code }) => code), ...end].join('\n'));
  execFileSync(python, [file], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Record<
    string,
    number[][]
  >;
}

/** Runs a page's modules that are marked `after=python`, in the folder of the files. */
async function runModulesOf(page: string): Promise<void> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const before = process.cwd();
  process.chdir(folder);
  try {
    for (const block of codeBlocks()) {
      if (block.page !== page || block.info !== 'ts after=python') continue;
      const file = join(folder, `after-${basename(page, '.md')}-${block.line}.ts`);
      writeFileSync(file, block.code);
      await import(/* @vite-ignore */ file);
    }
    expect(log).toHaveBeenCalled();
  } finally {
    process.chdir(before);
    log.mockRestore();
  }
}

function expectClose(ours: Tensor, theirs: readonly number[][] | undefined): void {
  const values = ours.dataSync();
  const expected = theirs?.flat() ?? [];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
  ours.dispose();
}

const { command: python, has } = findPython(['numpy', 'sklearn', 'torch']);
const without = (module: string): boolean => !has.has('numpy') || !has.has(module);
const because = (module: string): string =>
  without(module) ? ` (skipped: no Python with ${module})` : '';

test.skipIf(without('numpy'))(
  `NumPy reads our file and writes it for us${because('numpy')}`,
  async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 12 },
      hidden: { units: binary(), size: 5 },
      weightScale: 1,
    });
    writeFileSync(join(folder, 'digits.safetensors'), await encodeRbm(rbm));
    const results = runPage('guides/file-format.md', {
      hidden: '1 / (1 + np.exp(-(data @ arrays["weights"] + arrays["hidden.bias"])))',
      visible: '1 / (1 + np.exp(-(states @ arrays["weights"].T + arrays["visible.bias"])))',
      written:
        '__import__("deepbelief_file").write_model("written.safetensors", config, arrays) or data',
    });
    expectClose(hiddenMean(rbm, tensor2d(DATA)), results['hidden']);
    expectClose(visibleMean(rbm, tensor2d(HIDDEN)), results['visible']);
    const again = decodeRbm(
      readFileSync(join(folder, 'written.safetensors')),
      'written.safetensors',
    );
    expect(again.connection.weights.dataSync()).toEqual(rbm.connection.weights.dataSync());
    rbm.dispose();
    again.dispose();
  },
);

test.skipIf(without('sklearn'))(
  `an RBM of scikit-learn becomes ours and goes back${because('sklearn')}`,
  async () => {
    const page = 'guides/scikit-learn.md';
    const results = runPage(page, {
      hidden: 'model.transform(data)',
      back: 'back.transform(data)',
      visible: '1 / (1 + np.exp(-(states @ model.components_ + model.intercept_visible_)))',
      fortran: 'np.array([[model.components_.flags.f_contiguous]])',
    });
    // The page says so, and it is what makes the transpose worth a test.
    expect(results['fortran']).toEqual([[true]]);
    checkFile('from-sklearn.safetensors', results);
    await runModulesOf(page);
  },
);

test.skipIf(without('torch'))(
  `an RBM of PyTorch becomes ours and goes back${because('torch')}`,
  async () => {
    const page = 'guides/pytorch.md';
    const results = runPage(page, {
      hidden: 'model.hidden_mean(torch.tensor(data)).detach().numpy()',
      back: 'back.hidden_mean(torch.tensor(data)).detach().numpy()',
      visible:
        'torch.nn.functional.linear(torch.tensor(states), model.W.t(), model.v_bias).sigmoid().detach().numpy()',
    });
    checkFile('from-torch.safetensors', results);
    await runModulesOf(page);
  },
);

/** Compares the RBM of a file that Python wrote with what Python computed. */
function checkFile(file: string, results: Readonly<Record<string, number[][]>>): void {
  const rbm = decodeRbm(readFileSync(join(folder, file)), file);
  expectClose(hiddenMean(rbm, tensor2d(DATA)), results['hidden']);
  expectClose(hiddenMean(rbm, tensor2d(DATA)), results['back']);
  expectClose(visibleMean(rbm, tensor2d(HIDDEN)), results['visible']);
  rbm.dispose();
}
