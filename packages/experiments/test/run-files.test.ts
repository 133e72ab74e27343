import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { isMistake } from '../src/user-error.ts';
import { filesIn } from './support/folders.ts';
import { idx, SIDE, writeIdxFolder } from './support/idx-folder.ts';
import { flipBit, runHere, smallJob, withoutDigest } from './support/small-job.ts';

let root = '';
let data = '';
/** A run that is done, and one of another seed. */
let done = '';
let other = '';
/** One that broke off in the second layer. */
let half = '';

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'deepbelief-run-files-'));
  data = writeIdxFolder(join(root, 'data'));
  [done, other, half] = ['done', 'other', 'half'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await runHere(smallJob(data), done);
  await runHere(smallJob(data, 2), other);
  // Each layer has two epochs of three minibatches.
  await runHere(smallJob(data), half, 13);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy that the test may change. */
function copyOf(run: string): string {
  const folder = mkdtempSync(join(root, 'copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(run, folder, { recursive: true });
  return folder;
}

/** The one line of the mistake with which the job of the run ends. */
async function complaint(folder: string): Promise<string> {
  const error: unknown = await runHere(smallJob(data), folder).catch((thrown: unknown) => thrown);
  if (isMistake(error) && !error.message.includes('\n')) return error.message;
  throw error instanceof Error ? error : new Error('the run went through, expected a mistake');
}

test('a run that broke off has two checkpoints of its stage, and goes on to the same bytes', async () => {
  expect(readdirSync(half)).toEqual(
    expect.arrayContaining(['layer2.before.checkpoint', 'layer2.checkpoint']),
  );
  const folder = copyOf(half);
  expect(await runHere(smallJob(data), folder)).toMatchObject({ notices: [] });
  expect(filesIn(folder)).toEqual(filesIn(done));
});

test('where the newest checkpoint is damaged, a run says so and goes on from the one before, to the same bytes', async () => {
  const folder = copyOf(half);
  flipBit(folder, 'layer2.checkpoint');
  const { notices } = await runHere(smallJob(data), folder);
  expect(notices).toEqual([
    expect.stringMatching(
      /layer2\.checkpoint: the sha256 of its bytes is .*; going on from the checkpoint before$/,
    ),
  ]);
  expect(filesIn(folder)).toEqual(filesIn(done));
});

test('where the newest checkpoint was not yet written, a run goes on from the one before', async () => {
  const folder = copyOf(half);
  rmSync(join(folder, 'layer2.checkpoint'));
  expect(await runHere(smallJob(data), folder)).toMatchObject({ notices: [] });
  expect(filesIn(folder)).toEqual(filesIn(done));
});

test('where both checkpoints are damaged, one line names the newest, and both stay', async () => {
  const folder = copyOf(half);
  for (const name of ['layer2.checkpoint', 'layer2.before.checkpoint']) flipBit(folder, name);
  const before = filesIn(folder);
  expect(await complaint(folder)).toMatch(/layer2\.checkpoint: the sha256/);
  expect(filesIn(folder)).toEqual(before);
});

test('a checkpoint of another run is not gone on with', async () => {
  const [folder, foreign] = [copyOf(half), join(root, 'foreign')];
  await runHere(smallJob(data), foreign, 5);
  renameSync(join(foreign, 'layer1.checkpoint'), join(folder, 'layer2.checkpoint'));
  rmSync(join(folder, 'layer2.before.checkpoint'));
  expect(await complaint(folder)).toMatch(
    /layer2\.checkpoint is not a checkpoint of this run: restore its own/,
  );
});

test('a finished run says which model is gone, and trains it again once the result is removed', async () => {
  for (const name of ['layer1.safetensors', 'classifier-all.safetensors', 'stack.safetensors']) {
    const folder = copyOf(done);
    rmSync(join(folder, name));
    expect(await complaint(folder)).toMatch(
      `${name} is gone, though result.json says that the run is done: restore it`,
    );
    rmSync(join(folder, 'result.json'));
    await runHere(smallJob(data), folder);
    expect(filesIn(folder)).toEqual(filesIn(done));
  }
});

test.each([
  'layer1.safetensors',
  'layer2.safetensors',
  'stack.safetensors',
  'classifier-all.safetensors',
])('%s of another run, or with a flipped bit, is not taken', async (name) => {
  const folder = copyOf(done);
  cpSync(join(other, name), join(folder, name));
  expect(await complaint(folder)).toMatch(`${name} is not the model of this run: restore it`);
  cpSync(join(done, name), join(folder, name));
  flipBit(folder, name);
  expect(await complaint(folder)).toMatch(/the sha256 of its bytes is/);
});

test('in a run that is not done, layer files of another run are not taken', async () => {
  for (const names of [['layer1.safetensors'], ['layer1.safetensors', 'layer1.history.json']]) {
    const folder = copyOf(half);
    for (const name of names) cpSync(join(other, name), join(folder, name));
    expect(await complaint(folder)).toMatch(/is not a model that this run saved|is of another run/);
  }
  const folder = copyOf(half);
  rmSync(join(folder, 'layer1.history.json'));
  expect(await complaint(folder)).toMatch(
    /layer1\.safetensors is not a model that this run saved: put the run's own/,
  );
});

test('an edited result is not believed; once it is removed, it is computed again', async () => {
  const folder = copyOf(done);
  const file = join(folder, 'result.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"testError": [\d.]+/, '"testError": 0.01'));
  expect(await complaint(folder)).toMatch(
    /result\.json is damaged or was edited, its digest does not match its text: remove it, and --resume computes it again/,
  );
  rmSync(file);
  await runHere(smallJob(data), folder);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('the result of another run is not taken', async () => {
  const folder = copyOf(done);
  cpSync(join(other, 'result.json'), join(folder, 'result.json'));
  expect(await complaint(folder)).toMatch(/result\.json is of another run: remove it/);
});

test('a run that earlier versions wrote, without digests, is read, with a line for each file', async () => {
  const folder = copyOf(done);
  for (const name of readdirSync(folder)) withoutDigest(folder, name);
  rmSync(join(folder, 'data.json'));
  const { result } = await runHere(smallJob(data), done);
  const old = await runHere(smallJob(data), folder);
  expect(old.result).toEqual(result);
  expect(old.notices).toContainEqual(
    expect.stringMatching(
      /result\.json: written without a digest by an earlier version, so damage to it would go unn/,
    ),
  );
  const unfinished = copyOf(half);
  for (const name of readdirSync(unfinished)) withoutDigest(unfinished, name);
  rmSync(join(unfinished, 'data.json'));
  const { notices } = await runHere(smallJob(data), unfinished);
  for (const name of [
    'job.json',
    'layer1.safetensors',
    'layer2.history.json',
    'layer2.checkpoint',
  ]) {
    expect(
      notices.filter((line) => line.includes(`${name}: written without a digest`)),
    ).toHaveLength(1);
  }
  const result2 = filesIn(unfinished)['stack.safetensors'];
  expect(result2).toBe(filesIn(done)['stack.safetensors']);
});

test('a run that goes on with fewer, other or otherwise labeled examples says what differs', async () => {
  const changed = join(root, 'changed');
  const write = (count: number, brightness: number, labels: (i: number) => number): string => {
    cpSync(data, changed, { recursive: true });
    const images = readFileSync(join(data, 'train-images-idx3-ubyte')).subarray(
      16,
      16 + count * SIDE * SIDE,
    );
    const values = images.map((value) => Math.min(255, value + brightness));
    writeFileSync(join(changed, 'train-images-idx3-ubyte'), idx([count, SIDE, SIDE], values));
    writeFileSync(
      join(changed, 'train-labels-idx1-ubyte'),
      idx(
        [count],
        Uint8Array.from({ length: count }, (_, i) => labels(i)),
      ),
    );
    renameSync(data, `${data}.kept`);
    renameSync(changed, data);
    return data;
  };
  const restore = (): void => {
    rmSync(data, { recursive: true });
    renameSync(`${data}.kept`, data);
  };
  for (const [count, brightness, labels, says] of [
    [
      200,
      0,
      (i: number) => i % 10,
      /was begun on other data \(train: 300 examples before, 200 now\); give the same data/,
    ],
    [300, 1, (i: number) => i % 10, /\(train: as many examples, but others\)/],
    [300, 0, (i: number) => (i + 1) % 10, /\(train: as many examples, but others\)/],
  ] as const) {
    const folder = copyOf(half);
    write(count, brightness, labels);
    try {
      expect(await complaint(folder)).toMatch(says);
    } finally {
      restore();
    }
  }
});

test('every kind of JSON file, whatever stands in it, is used or is a mistake of one line', async () => {
  const values = [
    'null',
    '[]',
    '{}',
    '3',
    '"a"',
    '{"digest":1}',
    '[{"epoch":"1"}]',
    '{"reports":[{}]}',
    '{"job":null}',
  ];
  for (const name of ['job.json', 'data.json', 'result.json']) {
    for (const value of values) {
      const folder = copyOf(done);
      writeFileSync(join(folder, name), value);
      expect(await complaint(folder)).toContain(name);
    }
  }
  for (const value of values.filter((text) => text !== '[]')) {
    const folder = copyOf(half);
    writeFileSync(join(folder, 'layer2.history.json'), value);
    expect(await complaint(folder)).toContain('layer2.history.json');
  }
});
