import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deepbelief, filesIn, temporaryFolder, type Outcome } from './support/cli.ts';
import { afterWrites } from './support/killers.ts';
import { imagePath, writeLfwFolder } from './support/lfw-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';

const SETTINGS = '--own-images --size 8 --layers 12 --epochs 2 --fine-tune 3 --json'.split(' ');

let folder = '';
let data = '';
let out = '';
let outcome: Outcome;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deepbelief-lfw-'));
  data = await writeLfwFolder(join(folder, 'faces'));
  out = join(folder, 'run');
  outcome = await run('--out', out);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...options: string[]): Promise<Outcome> {
  return deepbelief(['reproduce', 'lfw', '--data', data, ...SETTINGS, ...options]);
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
  for (const text of ['80.73 %', 'filters of the RBM', 'Receiver operating characteristic', 'intensity of one face']) {
    expect(page).toContain(text);
  }
  expect(page).toContain('training pairs’ images: 12');
});

test('a run leaves the files that the README lists, and no checkpoint', () => {
  expect(readdirSync(join(out, 'nrelu')).toSorted()).toEqual([
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

test('without --json, the paper’s figures stand beside ours', async () => {
  const args = ['reproduce', 'lfw', '--data', data, ...SETTINGS.slice(0, -1), '--out', out, '--resume'];
  const { code, stdout } = await deepbelief(args);
  expect(code).toBe(0);
  expect(stdout).toContain('80.73 % ± 1.34 %');
  expect(stdout).toContain('pre-trained on the training pairs’ images');
});

test('a run that is killed goes on with --resume and ends with the same bytes', async () => {
  const again = join(temporaryFolder(), 'run');
  const killed = await deepbelief(
    [
      'reproduce',
      'lfw',
      '--data',
      data,
      ...SETTINGS,
      '--out',
      again,
      '--checkpoint-every',
      '0',
      '--cache',
      join(out, 'images'),
    ],
    { killer: whenThere(again) },
  );
  expect(killed.signal).toBe('SIGKILL');
  const resumed = await run('--out', again, '--resume', '--cache', join(out, 'images'));
  expect(onlyObject(resumed)['rows']).toEqual(onlyObject(outcome)['rows']);
  for (const job of ['nrelu', 'binary']) {
    const { 'job.json': _, ...files } = filesIn(join(again, job));
    const { 'job.json': _plan, ...expected } = filesIn(join(out, job));
    expect(files).toEqual(expected);
  }
}, 60_000);

/** Kills in the midst of the first layers: once both jobs' folders are there, after so many writes in them. */
function whenThere(root: string): ReturnType<typeof afterWrites> {
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

describe('View 2', () => {
  test('has a row over its folds, trained on the pairs and images of the others', async () => {
    const own = join(temporaryFolder(), 'run');
    const outcome2 = await run(
      ...'--view 2 --folds 4 --units nrelu --start pretrained --shift 1 --out'.split(' '),
      own,
    );
    const [row] = onlyObject(outcome2)['rows'] as Record<string, number>[];
    const results = [1, 2, 3, 4].map(
      (fold) =>
        JSON.parse(readFileSync(join(own, `nrelu-fold-${fold}`, 'result.json'), 'utf8')) as {
          nets: { accuracy: number }[];
          counts: Record<string, number>;
        },
    );
    // Six of eight people, three images of each; 24 of 32 pairs.
    for (const { counts } of results) expect(counts).toEqual({ pretraining: 18, training: 24, test: 8 });
    const accuracies = results.map(({ nets }) => nets[0]!.accuracy);
    const mean = accuracies.reduce((a, b) => a + b) / 4;
    const sd = Math.sqrt(accuracies.reduce((a, b) => a + (b - mean) ** 2, 0) / 3);
    expect(row).toMatchObject({ view: 2, folds: 4, images: 'pairs' });
    expect([row!['accuracy'], row!['sd'], row!['se']].map((x) => x!.toFixed(9))).toEqual(
      [mean, sd, sd / 2].map((x) => x.toFixed(9)),
    );
  }, 60_000);

  test('folds are merged in pairs where half as many are asked for', async () => {
    const own = join(temporaryFolder(), 'run');
    const args = '--view 2 --folds 2 --units nrelu --start random --no-reflections --out'.split(' ');
    const [row] = onlyObject(await run(...args, own))['rows'] as Record<string, unknown>[];
    expect(row).toMatchObject({ folds: 2, reflections: false, images: null, pretrained: false });
    const { counts } = JSON.parse(readFileSync(join(own, 'nrelu-fold-2', 'result.json'), 'utf8')) as {
      counts: Record<string, number>;
    };
    expect(counts).toEqual({ pretraining: 12, training: 16, test: 16 });
  }, 60_000);

  test('a number of folds that does not divide the file’s is refused', async () => {
    const own = join(temporaryFolder(), 'run');
    expect(onlyComplaint(await run('--view', '2', '--folds', '3', '--out', own))).toMatch(
      /--folds is 3, expected a number that divides the 4 folds of .*pairs\.txt, 2 or more/,
    );
  });
});

describe('verify', () => {
  const model = (): string => join(out, 'nrelu', 'siamese-pretrained.safetensors');

  test('gives P(same) of two pictures, whichever comes first, and 1 of a picture and itself more than of two people', async () => {
    const verify = async (a: string, b: string): Promise<Record<string, unknown>> =>
      onlyObject(await deepbelief(['verify', join(data, a), join(data, b), '--model', model(), '--json']));
    const one = await verify(imagePath(0, 1), imagePath(0, 1));
    const [two, turned] = [
      await verify(imagePath(0, 1), imagePath(1, 2)),
      await verify(imagePath(1, 2), imagePath(0, 1)),
    ];
    expect(two['logOdds']).toBeCloseTo(turned['logOdds'] as number, 4);
    expect(one['probability']).toBeGreaterThan(two['probability'] as number);
    expect(two['same']).toBe((two['probability'] as number) > 0.5);
  }, 60_000);

  test('agrees with what the run found for a test pair', async () => {
    const { nets } = JSON.parse(readFileSync(join(out, 'nrelu', 'result.json'), 'utf8')) as {
      nets: { pretrained: boolean; logOdds: number[] }[];
    };
    const found = await deepbelief([
      'verify',
      ...[1, 2].map((i) => join(data, imagePath(4, i))),
      '--model',
      model(),
      '--json',
    ]);
    // The run's images are rounded to whole grey levels.
    expect(Math.abs((onlyObject(found)['logOdds'] as number) - nets[0]!.logOdds[0]!)).toBeLessThan(0.05);
  });

  test('complains in one line of a picture or a model that is none', async () => {
    const picture = join(data, imagePath(0, 1));
    const other = join(out, 'nrelu', 'layer1.safetensors');
    expect(onlyComplaint(await deepbelief(['verify', picture, join(data, 'none.jpg'), '--model', model()]))).toContain(
      'none.jpg',
    );
    expect(onlyComplaint(await deepbelief(['verify', picture, picture, '--model', other]))).toContain(
      'holds a stack, expected a Siamese net',
    );
  });
});

test('without data one line says where they are expected', async () => {
  const line = onlyComplaint(await deepbelief(['reproduce', 'lfw', '--out', join(temporaryFolder(), 'run')]));
  expect(line).toContain('--data is not given and DEEPBELIEF_DATA is not set');
});

test('another collection than the official one is refused unless it is said to be one’s own', async () => {
  const args = ['reproduce', 'lfw', '--data', data, '--out', join(temporaryFolder(), 'run')];
  expect(onlyComplaint(await deepbelief(args))).toMatch(/24 images of 8 people.*13233 of 5749/);
});
