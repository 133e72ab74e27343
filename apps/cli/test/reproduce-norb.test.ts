import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { deepbelief, temporaryFolder } from './support/cli.ts';
import { TEST_PAIRS, TRAINING_PAIRS, writeNorbFolder } from './support/norb-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';

// Each starts several processes and threads.
vi.setConfig({ testTimeout: 240_000 });

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

async function run(args: readonly string[], folder: string): Promise<ReturnType<typeof onlyObject>> {
  const where = ['--data', folder, '--cache', join(folder, 'cache')];
  return onlyObject(await deepbelief(['reproduce', 'norb', ...where, ...args, '--json']));
}

test('every cell of the tables and the baseline, over seeds, with a report; resumed, the same', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const out = join(folder, 'run');
  const args = [...SMALL, ...PAIRS, '--seeds', '2', '--out', out];
  const { rows, orders, report } = await run(args, folder);
  const cells = (rows as Row[]).map(({ units, layers, pretrained }) => `${units} ${layers.join('-')} ${pretrained}`);
  const nets = (units: string): string[] => [
    `${units} 12 none`,
    `${units} 12 all`,
    `${units} 12-8 none`,
    `${units} 12-8 first`,
    `${units} 12-8 all`,
  ];
  expect(cells).toEqual([...nets('nrelu'), ...nets('binary'), 'softmax regression  none']);
  for (const row of rows as Row[]) {
    expect(row.seeds).toBe(2);
    expect(row.sd).toBeGreaterThanOrEqual(0);
    expect(row.published).toBeGreaterThan(0.1);
    // Whole numbers of errors of both seeds.
    expect((2 * TEST_PAIRS * row.testError) % 1).toBeCloseTo(0, 6);
  }
  // The bands are easy: softmax regression finds them.
  expect((rows as Row[]).at(-1)?.testError).toBeLessThan(0.1);
  expect((orders as { claim: string }[]).map(({ claim }) => claim)).toContain(
    '2 layers: NReLU not pre-trained no worse than binary pre-trained',
  );
  expect(orders).toHaveLength(11);
  const page = readFileSync(report as string, 'utf8');
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

  // A finished job is not computed again; one whose result is lost is, from the stages that are done.
  rmSync(join(out, 'nrelu-seed-2', 'result.json'));
  const again = await run([...args, '--resume'], folder);
  expect(again['rows']).toEqual(rows);
});

test('one layer, instances held out for validation, and the mean of each pixel', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const args = [
    '--layers',
    '10',
    '--epochs',
    '1',
    '--fine-tune',
    '2',
    '--seeds',
    '1',
    '--pairs',
    '150',
    '--test-pairs',
    '60',
  ];
  const { rows } = await run([...args, '--held-out', '9', '--mean', 'pixel', '--out', join(folder, 'run')], folder);
  expect((rows as Row[]).map(({ layers }) => layers)).toEqual([[10], [10], [10], [10], []]);
  for (const { validationError, sd } of rows as Row[]) {
    // 300 pairs hold 60 of instance 9 and its share of blanks.
    expect((60 * validationError!) % 1).toBeCloseTo(0, 6);
    expect(sd).toBeNull();
  }
});

test('without files, toy scenes are rendered once', async () => {
  const folder = temporaryFolder();
  const args = [
    '--layers',
    '5',
    '--epochs',
    '1',
    '--fine-tune',
    '1',
    '--seeds',
    '1',
    '--pairs',
    '30',
    '--test-pairs',
    '24',
  ];
  const command = ['reproduce', 'norb', ...args, '--cache', join(folder, 'cache'), '--json', '--out'];
  const first = await deepbelief([...command, join(folder, 'first')]);
  expect(first.stderr).toMatch(/rendering 30 training pairs .*\nrendering 24 testing pairs/);
  const second = await deepbelief([...command, join(folder, 'second')]);
  expect(second.stderr).not.toMatch(/rendering|resampling/);
  expect(onlyObject(second)['rows']).toEqual(onlyObject(first)['rows']);
});

test('mistakes are told in one line', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const out = join(folder, 'run');
  const complain = async (...args: string[]): Promise<string> =>
    onlyComplaint(
      await deepbelief(['reproduce', 'norb', '--cache', join(folder, 'cache'), '--out', out, '--resume', ...args]),
    );
  expect(await complain('--data', folder)).toMatch(
    /holds 300 training pairs, expected at least the 29160 asked for: ask for fewer or get more parts/,
  );
  expect(await complain('--data', join(folder, 'none'), ...PAIRS)).toMatch(
    /none: the folder cannot be read \(ENOENT.*expected a folder of NORB files: check the path/,
  );
  expect(await complain('--data', out, ...PAIRS)).toMatch(/there is no training part 1, expected norb-5x46789/);
  expect(await complain('--data', folder, ...PAIRS, '--layers', '3,2,1')).toMatch(
    /--layers is 3,2,1, expected one or two/,
  );
  // Told after the images are prepared, so that lines about that come before.
  const common = ['reproduce', 'norb', '--cache', join(folder, 'cache'), '--out', out, '--resume', '--data', folder];
  const held = await deepbelief([...common, ...PAIRS, '--held-out', '5']);
  expect(held.code).toBe(1);
  expect(held.stderr).toMatch(
    /\ndeepbelief: splitByInstance: held out are \[5\], expected some but not all of 4, 6, 7, 8, 9, [^\n]+\n$/,
  );
});
