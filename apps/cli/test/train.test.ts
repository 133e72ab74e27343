import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeSafetensors } from '@deepbelief/safetensors';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyObject } from './support/only-object.ts';
import { LAYERS, SETTINGS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

test('train prints one object: a row for each start, with errors as fractions', () => {
  const { rows, seconds, folder } = onlyObject(run.outcome);
  const row = {
    units: 'binary',
    layers: [...LAYERS],
    seeds: 1,
    testError: expect.any(Number) as number,
    sd: null,
  };
  expect(rows).toEqual([
    { ...row, pretrained: 'none' },
    { ...row, pretrained: 'all' },
  ]);
  for (const { testError } of rows as { testError: number }[])
    expect(testError >= 0 && testError <= 1).toBe(true);
  expect(seconds).toBeGreaterThan(0);
  expect(folder).toBe(run.job);
});

test('train leaves the files that the README lists, and no checkpoint', () => {
  const models = ['layer1', 'layer2', 'classifier-none', 'classifier-all'];
  const files = models.flatMap((name) => [`${name}.history.json`, `${name}.safetensors`]);
  expect(readdirSync(run.job).toSorted()).toEqual(
    [...files, 'data.json', 'job.json', 'result.json', 'stack.safetensors'].toSorted(),
  );
  expect(readdirSync(run.out).toSorted()).toEqual([
    'binary-seed-1',
    'deepbelief-run.json',
    'report.html',
  ]);
});

test('train writes a report of its errors, curves, pictures and settings in words', () => {
  const { report } = onlyObject(run.outcome);
  expect(report).toBe(join(run.out, 'report.html'));
  const page = readFileSync(report as string, 'utf8');
  for (const heading of [
    'Test errors',
    'Learning curves',
    'Looking at the binary stack',
    'Settings that repeat it',
  ])
    expect(page).toContain(`>${heading}</h2>`);
  expect(page.replaceAll('\u{A0}', ' ')).toContain('epoch of CD\u{2011}1; learning rate ');
  expect(page).not.toMatch(/\{&quot;|\[\[|\[0,/);
});

test('the histories hold one report an epoch', () => {
  const history = (name: string) =>
    (
      JSON.parse(readFileSync(join(run.job, `${name}.history.json`), 'utf8')) as {
        reports: { epoch: number }[];
      }
    ).reports;
  expect(history('layer1').map(({ epoch }) => epoch)).toEqual([1]);
  expect(history('classifier-all').map(({ epoch }) => epoch)).toEqual(
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
});

test('a finished run that is resumed gives its rows again', async () => {
  const again = await deepbelief([...SETTINGS, '--data', run.data, '--out', run.out, '--resume']);
  expect(onlyObject(again)['rows']).toEqual(onlyObject(run.outcome)['rows']);
});

test('without --fine-tune there are no rows and no classifiers', async () => {
  const out = join(temporaryFolder(), 'run');
  const args = [
    'train',
    '--layers',
    '4',
    '--epochs',
    '1',
    '--fine-tune',
    '0',
    '--data',
    run.data,
    '--out',
    out,
    '--json',
  ];
  expect(onlyObject(await deepbelief(args))['rows']).toEqual([]);
  expect(
    readdirSync(join(out, 'nrelu-seed-1')).filter((name) => name.startsWith('classifier')),
  ).toEqual([]);
});

test('--zero-hidden-bias keeps the biases of hidden units at 0', async () => {
  const out = join(temporaryFolder(), 'run');
  const args = [...SETTINGS, '--data', run.data, '--zero-hidden-bias', '--fine-tune', '0'];
  const { code } = await deepbelief([...args.filter((arg) => arg !== '--compare'), '--out', out]);
  expect(code).toBe(0);
  const stack = join(out, 'binary-seed-1', 'stack.safetensors');
  const { tensors } = decodeSafetensors(readFileSync(stack), stack);
  const biases = Object.entries(tensors).filter(([name]) => name.endsWith('hidden.bias'));
  expect(biases.map(([, { data }]) => [...data].every((bias) => bias === 0))).toEqual([true, true]);
});
