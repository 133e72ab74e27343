import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { negativePhaseKinds } from '@deepbelief/rbm';
import { unitTypes } from '@deepbelief/units';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { folderName, NEGATIVE_PHASES, STACK_UNITS, trainExperiment } from '../src/index.ts';
import { stackPlan } from '../src/recipes.ts';
import { RunFolder } from '../src/run-folder.ts';
import { writeIdxFolder } from './support/idx-folder.ts';
import { runHere } from './support/small-job.ts';

const names = (choices: readonly { readonly name: string }[]): string[] =>
  choices.map(({ name }) => name);

test('every registered unit type is offered but those in groups, and every negative phase', () => {
  const grouped = ['mixed', 'pooled-binary', 'softmax'];
  const types = unitTypes.map(({ type }) => type).filter((type) => !grouped.includes(type));
  expect(names(STACK_UNITS)).toEqual(types);
  expect(names(NEGATIVE_PHASES)).toEqual(Object.keys(negativePhaseKinds));
});

test('units whose states are small learn at 0.1, others at 0.02 and then at 0.002', () => {
  const rates = (units: string): unknown[] =>
    stackPlan({ units, sizes: [3, 2, 1], epochs: [1], seed: 1 }).map(
      ({ training }) => training.learningRate,
    );
  for (const units of ['binary', 'spin']) expect(rates(units)).toEqual([0.1, 0.1, 0.1]);
  for (const units of ['nrelu', 'stepped-sigmoid', 'relu', 'binomial'])
    expect(rates(units)).toEqual([0.02, 0.002, 0.002]);
});

let data = '';
beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'deepbelief-choices-'));
  data = writeIdxFolder(root);
  return () => rmSync(root, { recursive: true, force: true });
});

const choices = { layers: [6, 5], epochs: [1], fineTune: 1, validation: 0, seed: 1 };

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'deepbelief-choices-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

test.each(names(STACK_UNITS))('a stack of %s units is trained and fine-tuned', async (units) => {
  const source = { dataset: 'idx', directory: data, limits: {} };
  const { jobs } = trainExperiment({ ...choices, data: source, units });
  const { result } = await runHere(jobs[0]!, folder());
  expect(result!.classifiers[0]!.testError).toBeLessThanOrEqual(1);
});

test('persistent chains and units that learn parameters have a report like all others', async () => {
  const source = { dataset: 'idx', directory: data, limits: {} };
  const own = { units: 'drelu', negativePhase: 'pcd', fineTune: 0 };
  const experiment = trainExperiment({ ...choices, ...own, data: source });
  const [job] = experiment.jobs;
  const root = folder();
  const { result } = await runHere(job!, join(root, folderName(job!)));
  const results = [result!];
  const report = await experiment.report!({
    folder: new RunFolder(root),
    results,
    summary: experiment.summarize(results),
    command: 'deepbelief train',
    seconds: 1,
    compute: { backend: 'cpu' },
  });
  // Short figures are kept on one line.
  const text = report.replaceAll('\u00a0', ' ');
  expect(text).toContain('drelu, layer 2');
  expect(text).toContain('of PCD\u20111;');
  expect(text).toContain('Gibbs steps in the top layer');
  expect(text).toContain('Pre-training has no curve');
});
