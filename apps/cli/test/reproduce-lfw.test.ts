import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LfwResult } from '@deepbelief/experiments';
import { filesIn, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { deepbeliefProcess, type Killer } from './support/deepbelief-process.ts';
import { afterWrites } from './support/killers.ts';
import { writeLfwFolder } from '../../../packages/experiments/test/support/lfw-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import type { Outcome } from './support/outcome.ts';

const SETTINGS =
  '--own-images --size 8 --window 144 --fields 4 --layers 12 --epochs 2 --fine-tune 3 --json'.split(
    ' ',
  );

let folder = '';
let data = '';
let out = '';
let outcome: Outcome;
afterEach(() => vi.unstubAllEnvs());

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deepbelief-lfw-'));
  data = await writeLfwFolder(join(folder, 'faces'));
  out = join(folder, 'run');
  outcome = await run(['--out', out]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMAND = ['reproduce', 'lfw'];

function run(options: readonly string[], settings: readonly string[] = SETTINGS): Promise<Outcome> {
  return deepbelief([...COMMAND, '--data', data, ...settings, ...options]);
}

test('View 1 gives a row for each unit type and start, which names the images pre-trained on', () => {
  const { rows, report } = onlyObject(outcome);
  const figure = expect.any(Number) as number;
  const common = {
    layers: [12],
    view: 1,
    folds: 1,
    pairs: 'restricted',
    reflections: true,
    window: 144,
    fields: 4,
    accuracy: figure,
    sd: null,
    se: figure,
    auc: figure,
    eer: figure,
    trainingAccuracy: figure,
  };
  expect(rows).toEqual(
    ['nrelu', 'binary'].flatMap((units) => [
      { ...common, units, pretrained: true, images: 'pairs' },
      { ...common, units, pretrained: false, images: null },
    ]),
  );
  for (const { accuracy, se } of rows as { accuracy: number; se: number }[]) {
    expect(se).toBeCloseTo(Math.sqrt((accuracy * (1 - accuracy)) / 16), 12);
  }
  expect(report).toBe(join(out, 'report.html'));
});

test('the report has the table, filters, curves and the figures of the paper', () => {
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  for (const text of [
    '80.73%',
    'filters of the RBM',
    'Receiver operating characteristic',
    'intensity of one face',
  ]) {
    expect(page).toContain(text);
  }
  expect(page).toContain('training pairs’ images: 12');
});

test('a run leaves the files that the README lists, and no checkpoint', () => {
  expect(readdirSync(join(out, 'nrelu')).toSorted()).toEqual([
    'data.json',
    'job.json',
    'layer1.history.json',
    'layer1.safetensors',
    'result.json',
    'siamese-pretrained.history.json',
    'siamese-pretrained.safetensors',
    'siamese-random.history.json',
    'siamese-random.safetensors',
  ]);
});

test('a run that is killed goes on with --resume, ends with the same bytes, and prints the paper’s figures beside ours', async () => {
  const again = join(temporaryFolder(), 'run');
  const cache = ['--cache', join(out, 'images')];
  const common = ['--units', 'nrelu', '--out', again, ...cache];
  const killed = await deepbeliefProcess(
    [...COMMAND, '--data', data, ...SETTINGS, ...common, '--checkpoint-every', '0'],
    { killer: whenThere(again) },
  );
  expect(killed.signal).toBe('SIGKILL');
  const { code, stdout } = await run([...common, '--resume'], SETTINGS.slice(0, -1));
  expect(code).toBe(0);
  expect(stdout).toContain('80.73% ± 1.34%');
  expect(stdout).toContain('pre-trained on the training pairs’ images');
  const { 'job.json': _, ...files } = filesIn(join(again, 'nrelu'));
  const { 'job.json': _plan, ...expected } = filesIn(join(out, 'nrelu'));
  expect(files).toEqual(expected);
});

/**
 * Kills in the midst of the first layers: once both jobs' folders are there, after so many writes
 * in them.
 */
function whenThere(root: string): Killer {
  return (kill) => {
    let callOff = (): void => {};
    const timer = setInterval(() => {
      try {
        callOff = afterWrites([join(root, 'nrelu')], 8)(kill);
        clearInterval(timer);
      } catch {
        // Not there yet.
      }
    }, 5);
    return () => {
      clearInterval(timer);
      callOff();
    };
  };
}

test('View 2, unrestricted, on whole images: a row that names all of it', async () => {
  const own = join(temporaryFolder(), 'run');
  const args =
    '--view 2 --folds 2 --units nrelu --start random --no-reflections --pairs unrestricted --fields 0 --shift 1 --out';
  const [row] = onlyObject(await run([...args.split(' '), own]))['rows'] as Record<
    string,
    unknown
  >[];
  expect(row).toMatchObject({
    view: 2,
    folds: 2,
    reflections: false,
    images: null,
    pairs: 'unrestricted',
  });
  const { counts } = JSON.parse(
    readFileSync(join(own, 'nrelu-fold-2', 'result.json'), 'utf8'),
  ) as LfwResult;
  expect(counts).toEqual({ pretraining: 12, training: 16, test: 16 });
  expect(readFileSync(join(own, 'nrelu-fold-2', 'job.json'), 'utf8')).toContain('"shift": 1');
});

test.for([undefined, ''])(
  'without data one line says where they are expected: %j',
  async (root) => {
    vi.stubEnv('DEEPBELIEF_DATA', root);
    await expect(complaint([])).resolves.toContain(
      '--data is not given and DEEPBELIEF_DATA is not set',
    );
  },
);

test('another collection than the official one is refused unless it is said to be one’s own', async () => {
  await expect(complaint(['--data', data])).resolves.toMatch(
    /24 images of 8 people.*13233 of 5749/,
  );
});

/** What the command complains of before it starts any job. */
async function complaint(args: readonly string[]): Promise<string> {
  return onlyComplaint(
    await deepbelief([...COMMAND, ...args, '--out', join(temporaryFolder(), 'run')]),
  );
}
