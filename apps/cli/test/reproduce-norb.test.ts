import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderToyNorb, toyNorbPath } from '../../../packages/experiments/src/toy-norb-folder.ts';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import {
  TEST_PAIRS,
  TRAINING_PAIRS,
  writeNorbFolder,
} from '../../../packages/experiments/test/support/norb-folder.ts';

const COMMAND = ['reproduce', 'norb'];
const SMALL = ['--layers', '12,8', '--epochs', '2,1', '--fine-tune', '4'];
const PAIRS = ['--pairs', String(TRAINING_PAIRS), '--test-pairs', String(TEST_PAIRS)];

interface Row {
  units: string;
  layers: number[];
  pretrained: string;
  seeds: number;
  testError: number;
  sd: number | null;
  validationError?: number;
  published: number | null;
}

interface Printed {
  rows: Row[];
  orders: { claim: string }[];
  report: string;
}

async function run(args: readonly string[], folder: string): Promise<Printed & { stderr: string }> {
  const outcome = await deepbelief([
    ...COMMAND,
    '--cache',
    join(folder, 'cache'),
    '--out',
    join(folder, 'run'),
    '--json',
    ...args,
  ]);
  return { ...(onlyObject(outcome) as object as Printed), stderr: outcome.stderr };
}

test('every cell of the tables and the baseline, with a report', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const { rows, orders, report, stderr } = await run(
    ['--data', folder, ...SMALL, ...PAIRS, '--seeds', '1'],
    folder,
  );
  const cells = rows.map(
    ({ units, layers, pretrained }) => `${units} ${layers.join('-')} ${pretrained}`,
  );
  const nets = (units: string): string[] => [
    `${units} 12 none`,
    `${units} 12 all`,
    `${units} 12-8 none`,
    `${units} 12-8 first`,
    `${units} 12-8 all`,
  ];
  expect(cells).toEqual([...nets('nrelu'), ...nets('binary'), 'softmax regression  none']);
  for (const row of rows) {
    expect([row.seeds, row.sd]).toEqual([1, null]);
    expect(row.published).toBeGreaterThan(0.1);
    const errors = TEST_PAIRS * row.testError;
    expect(errors).toBeCloseTo(Math.round(errors), 6);
  }
  // The bands are easy: softmax regression finds them.
  expect(rows.at(-1)?.testError).toBeLessThan(0.1);
  expect(orders.map(({ claim }) => claim)).toContain(
    '2 layers: NReLU not pre-trained no worse than binary pre-trained',
  );
  expect(orders).toHaveLength(11);
  const page = readFileSync(report, 'utf8');
  for (const heading of [
    'Test errors',
    'Learning curves',
    'Looking at the nrelu stack',
    'Looking at the binary stack',
    'Confusions',
    'Settings that repeat it',
  ]) {
    expect(page).toContain(`>${heading}</h2>`);
  }
  expect(page).toContain('relative deviation');
  expect(page).toContain('animal');
  // The whole run is done, whichever job told it last.
  expect(stderr).toMatch(/^ *\d+% .* left; (nrelu|binary|softmax regression), seed 1: /m);
});

test('without files toy scenes are rendered, once; one layer, toys held out, the mean of each pixel', async () => {
  const folder = temporaryFolder();
  const pairs = { train: 60, test: 24 };
  const sizes = [
    '--layers',
    '5',
    '--epochs',
    '1',
    '--fine-tune',
    '1',
    '--seeds',
    '1',
    '--pairs',
    '60',
    '--test-pairs',
    '24',
  ];
  const { rows, stderr } = await run([...sizes, '--held-out', '9', '--mean', 'pixel'], folder);
  expect(stderr).toMatch(/rendering 60 training pairs [^]*rendering 24 testing pairs/);
  expect(rows.map(({ layers }) => layers)).toEqual([[5], [5], [5], [5], []]);
  for (const { validationError, sd } of rows) {
    // A fifth of the toys, more or less: fewer than 60 pairs, whose errors are whole.
    const counts = Array.from({ length: 60 }, (_, i) => (i + 1) * validationError!);
    expect(counts.some((errors) => Math.abs(errors - Math.round(errors)) < 1e-9)).toBe(true);
    expect(sd).toBeNull();
  }
  const cache = join(folder, 'cache');
  const file = join(cache, 'toy-norb-60-24', 'norb-5x46789x9x18x6x2x108x108-training-01-dat.mat');
  const { mtimeMs } = statSync(file);
  expect(toyNorbPath(cache, pairs)).toBe(join(cache, 'toy-norb-60-24'));
  await renderToyNorb(toyNorbPath(cache, pairs), pairs);
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test('mistakes are told in one line', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const out = join(folder, 'run');
  const common = ['--cache', join(folder, 'cache'), '--out', out, '--resume'];
  const mistake = async (...args: string[]): Promise<string> =>
    onlyComplaint(await deepbelief([...COMMAND, ...common, ...args]));
  expect(await mistake('--data', folder)).toMatch(
    /holds 300 training pairs, expected at least the 29160 asked for: ask for fewer or get more parts/,
  );
  expect(await mistake('--data', join(folder, 'none'), ...PAIRS)).toMatch(
    /none: the folder cannot be read \(ENOENT.*expected a folder of NORB files: check the path/,
  );
  expect(await mistake('--data', out, ...PAIRS)).toMatch(
    /there is no training part 1, expected norb-5x46789/,
  );
  expect(await mistake('--data', folder, ...PAIRS, '--layers', '3,2,1')).toMatch(
    /--layers is 3,2,1, expected one or two/,
  );
  // The instances are known when the images are prepared, which progress lines tell.
  const { code, stderr } = await deepbelief([
    ...COMMAND,
    ...common,
    '--data',
    folder,
    ...PAIRS,
    '--held-out',
    '5',
  ]);
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
    /^deepbelief: splitByInstance: held out are \[5\], expected some but not all of 4, 6, 7, 8, 9, /,
  );
});
