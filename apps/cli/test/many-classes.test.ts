import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeIdx } from '@deepbelief/data';
import { randomKey, uniforms } from '@deepbelief/random';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import type { Outcome } from './support/outcome.ts';

const SIDE = 6;

/**
 * Writes four idx files: images of noise with a bright place for their class; int32 images where
 * asked for.
 */
function writeData(
  folder: string,
  train: readonly number[],
  tests: readonly number[],
  {
    prefix = '',
    type = 'uint8',
  }: { readonly prefix?: string; readonly type?: 'uint8' | 'int32' } = {},
): string {
  mkdirSync(folder, { recursive: true });
  const values = SIDE * SIDE;
  for (const [set, labels, key] of [
    ['train', train, 1],
    [prefix === '' ? 't10k' : 'test', tests, 2],
  ] as const) {
    const images = Array.from(uniforms(randomKey(key), labels.length * values), (uniform, i) =>
      i % values === labels[Math.floor(i / values)]! ? 255 : Math.floor(40 * uniform),
    );
    const shape = [labels.length, SIDE, SIDE];
    const file = (kind: string): string => join(folder, `${prefix}${set}-${kind}`);
    const encoded =
      type === 'uint8'
        ? encodeIdx({ dtype: type, shape, data: Uint8Array.from(images) })
        : encodeIdx({ dtype: type, shape, data: Int32Array.from(images) });
    writeFileSync(file('images-idx3-ubyte'), encoded);
    const data = Uint8Array.from(labels);
    writeFileSync(
      file('labels-idx1-ubyte'),
      encodeIdx({ dtype: 'uint8', shape: [data.length], data }),
    );
  }
  return folder;
}

/** So many examples of each label, in turn. */
const each = (labels: readonly number[], times: number): number[] =>
  Array.from({ length: times * labels.length }, (_, i) => labels[i % labels.length]!);

const LETTERS = Array.from({ length: 26 }, (_, i) => i + 1);
const SMALL = '--units binary --layers 30 --epochs 1 --backend cpu'.split(' ');

interface Figures {
  readonly testError: number;
  readonly classNames?: readonly string[];
  readonly errorByClass: readonly (number | null)[];
  readonly confusion: readonly (readonly number[])[];
}

const mistakeOf = async (args: readonly string[]): Promise<string> =>
  onlyComplaint(await deepbelief(args));

async function evaluate(model: string, data: string, ...more: readonly string[]): Promise<Figures> {
  const args = ['evaluate', model, '--data', data, '--backend', 'cpu', '--json', ...more];
  return onlyObject(await deepbelief(args)) as object as Figures;
}

test('26 letters with labels from 1 are trained on and evaluated by their labels', async () => {
  const folder = temporaryFolder();
  const data = writeData(join(folder, 'gzip'), each(LETTERS, 12), each(LETTERS, 2), {
    prefix: 'emnist-letters-',
  });
  const named = join(data, 'emnist-letters');
  const out = join(folder, 'run');
  const trained = await deepbelief([
    'train',
    ...SMALL,
    '--data',
    named,
    '--out',
    out,
    '--units',
    'nrelu',
    '--fine-tune',
    '60',
  ]);
  expect(trained.stderr).toContain(
    `Classes 0 to 25 are the labels ${LETTERS.join(', ')}; the classifier’s file records them.`,
  );

  const model = join(out, 'nrelu-seed-1', 'classifier-all.safetensors');
  const figures = await evaluate(model, named);
  expect(figures.classNames).toEqual(LETTERS.map(String));
  expect(figures.confusion.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(
    LETTERS.map(() => 2),
  );
  // Chance is 25 of 26; a label that was off by one would be no better.
  expect(figures.testError).toBeLessThan(0.5);

  // A test set of a few letters has the classes that the model knows, and no error of those that it
  // lacks.
  const few = writeData(join(folder, 'few'), [26, 2], each([26, 2], 5));
  const some = await evaluate(model, few);
  expect(some.confusion.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(
    LETTERS.map((letter) => (letter === 26 || letter === 2 ? 5 : 0)),
  );
  expect(some.errorByClass.filter((error) => error !== null)).toHaveLength(2);
  const { stdout } = await deepbelief(['evaluate', model, '--data', few, '--backend', 'cpu']);
  expect(stdout).toMatch(/^║ class 1 +│ +– ║$/m);
  expect(stdout).toMatch(/^║ class 26 +│ +\d+\.\d\d% ║$/m);

  const others = writeData(join(folder, 'others'), [0, 1], [1, 0]);
  expect(await mistakeOf(['evaluate', model, '--data', others])).toMatch(
    /label 0 is 0, expected one of 1 to 26/,
  );
});

test('three classes are three, with few labels too', async () => {
  const folder = temporaryFolder();
  const data = writeData(join(folder, 'data'), each([0, 1, 2], 20), each([0, 1, 2], 3));
  const train = (labels: string, out: string) => [
    'train',
    ...SMALL,
    ...`--data ${data} --out ${join(folder, out)} --fine-tune 1 --labels ${labels}`.split(' '),
  ];
  expect(await deepbelief(train('10', 'run'))).toMatchObject({ code: 0 });
  const model = join(folder, 'run', 'binary-seed-1', 'classifier-all-10-labels.safetensors');
  expect((await evaluate(model, data)).confusion).toHaveLength(3);

  const uneven = writeData(join(folder, 'uneven'), [...each([0, 1], 20), 2], [0, 1, 2]);
  const mistake = (labels: string) => mistakeOf([...train(labels, 'other'), '--data', uneven]);
  expect(await mistake('2')).toMatch(/--labels is 2, expected at least 3, one of each class/);
  expect(await mistake('9')).toMatch(
    /--labels is 9, 3 examples of each of 3 classes, but .* train has 1 of class 2; give at most 3, or leave it out/,
  );
});

test('int32 images are scaled where a scale is given, and the same model comes out', async () => {
  const folder = temporaryFolder();
  const labels = each([0, 1, 2], 20);
  const bytes = writeData(join(folder, 'bytes'), labels, [0, 1, 2]);
  const wide = writeData(join(folder, 'wide'), labels, [0, 1, 2], { type: 'int32' });
  const run = (data: string, out: string, ...more: readonly string[]) =>
    deepbelief([
      'train',
      ...SMALL,
      '--data',
      data,
      '--out',
      join(folder, out),
      '--fine-tune',
      '2',
      '--json',
      ...more,
    ]);
  const [first, second] = [await run(bytes, 'a'), await run(wide, 'b', '--scale', '1/255')].map(
    (outcome: Outcome) => onlyObject(outcome) as { rows: unknown },
  );
  expect(second!.rows).toEqual(first!.rows);
  const model = join(folder, 'b', 'binary-seed-1', 'classifier-all.safetensors');
  expect(await evaluate(model, wide, '--scale', '1/255')).toEqual(await evaluate(model, bytes));
  expect(await mistakeOf(['evaluate', model, '--data', wide])).toMatch(
    /is 255 \(int32\).*a scale of 1\/255/,
  );
  expect(await mistakeOf(['evaluate', model, '--scale', '2'])).toMatch(
    /--scale, --max-bytes and --transposed are for a folder/,
  );
  expect(await mistakeOf(['evaluate', model, '--data', bytes, '--max-bytes', '20'])).toMatch(
    /it has \d+ bytes, expected at most 20/,
  );
});
