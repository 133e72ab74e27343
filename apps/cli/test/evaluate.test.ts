import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeClassifier, encodeClassifier } from '@deepbelief/dbn';
import '@tensorflow/tfjs-backend-cpu';
import { fill } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import { TEST_SIZE } from '../../../packages/experiments/test/support/idx-folder.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import { LAYERS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

const evaluate = (file: string, ...args: string[]) =>
  deepbelief(['evaluate', join(run.job, file), '--data', run.data, ...args]);

test.each([
  ['none', 0],
  ['all', 1],
] as const)(
  'the test error of classifier %s is that which training reported',
  async (start, row) => {
    const figures = onlyObject(
      await evaluate(`classifier-${start}.safetensors`, '--json', '--backend', 'cpu'),
    );
    const { rows } = onlyObject(run.outcome) as { rows: { testError: number }[] };
    expect(figures).toMatchObject({ kind: 'classifier' });
    expect(figures['testError']).toBeCloseTo(rows[row]!.testError, 10);
  },
);

test('the errors by class and over all follow from the confusion matrix, whose rows are the true classes', async () => {
  const { testError, errorByClass, confusion } = onlyObject(
    await evaluate('classifier-all.safetensors', '--json'),
  ) as {
    testError: number;
    errorByClass: number[];
    confusion: number[][];
  };
  const total = (row: number[]) => row.reduce((sum, count) => sum + count, 0);
  // The test set holds as many examples of each class.
  expect(confusion.map(total)).toEqual(Array(10).fill(TEST_SIZE / 10));
  expect(testError).toBeCloseTo(1 - total(confusion.map((row, i) => row[i]!)) / TEST_SIZE, 10);
  confusion.forEach((row, i) => expect(errorByClass[i]).toBeCloseTo(1 - row[i]! / total(row), 10));
});

test('a stack has figures for each layer, and likelihoods for the first', async () => {
  const { kind, layers } = onlyObject(await evaluate('stack.safetensors', '--json')) as {
    kind: string;
    layers: Record<string, unknown>[];
  };
  expect(kind).toBe('stack');
  expect(layers.map(({ hidden }) => hidden)).toEqual(LAYERS.map((size) => `${size} binary`));
  for (const layer of layers) {
    for (const name of ['reconstructionError', 'freeEnergyGap', 'meanActivity', 'dead', 'active']) {
      expect(layer[name]).toEqual(expect.any(Number));
    }
  }
  const [first, second] = layers;
  expect(first!['logLikelihood']).toBeLessThan(0);
  expect(first!['pseudoLikelihood']).toBeLessThan(0);
  expect(second).not.toHaveProperty('logLikelihood');
});

test('a single layer has the figures that it has in its stack', async () => {
  const stack = await evaluate('stack.safetensors', '--json');
  const alone = await evaluate('layer1.safetensors', '--json');
  expect((onlyObject(alone)['layers'] as unknown[])[0]).toEqual(
    (onlyObject(stack)['layers'] as unknown[])[0],
  );
});

test('without --json a table goes to standard output', async () => {
  const { code, stdout } = await evaluate('classifier-all.safetensors');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^║ class 9 +│ +\d+\.\d\d% ║$/m);
});

test('a classifier whose numbers overflow has no error rate: one line says so', async () => {
  const classifier = decodeClassifier(
    readFileSync(join(run.job, 'classifier-all.safetensors')),
    'classifier',
  );
  for (const layer of [...classifier.layers, classifier.output]) {
    const { shape } = layer.weights;
    layer.weights.dispose();
    layer.weights = fill(shape, 3e38);
  }
  writeFileSync(join(run.job, 'overflowing.safetensors'), await encodeClassifier(classifier));
  classifier.dispose();
  expect(onlyComplaint(await evaluate('overflowing.safetensors', '--json'))).toMatch(
    /^deepbelief: Classifier: \d+ of \d+ logits are not finite; likely cause: a net whose numbers overflow/,
  );
});
