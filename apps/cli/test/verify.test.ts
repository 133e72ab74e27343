import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LfwResult } from '@deepbelief/experiments';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import type { Outcome } from './support/outcome.ts';
import {
  imagePath,
  writeLfwFolder,
} from '../../../packages/experiments/test/support/lfw-folder.ts';
import { runHere, smallLfwJobs } from '../../../packages/experiments/test/support/lfw-jobs.ts';

let data = '';
let results: LfwResult[] = [];
const model = (): string => join(data, 'run', 'nrelu', 'siamese-pretrained.safetensors');
const layer = (): string => join(data, 'run', 'nrelu', 'layer1.safetensors');
beforeAll(async () => {
  data = await writeLfwFolder(mkdtempSync(join(tmpdir(), 'deepbelief-verify-')));
  results = await runHere(smallLfwJobs(data), join(data, 'run'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Runs the command on two images. */
function run(first: string, second: string, file: string): Promise<Outcome> {
  const paths = [first, second].map((path) => join(data, path));
  return deepbelief(['verify', ...paths, '--model', file, '--backend', 'wasm', '--json']);
}

const verify = async (...args: Parameters<typeof run>): Promise<Record<string, unknown>> =>
  onlyObject(await run(...args));

test('P(same) of two pictures is the same whichever comes first, and less than that of a picture and itself', async () => {
  const one = await verify(imagePath(0, 1), imagePath(0, 1), model());
  const two = await verify(imagePath(0, 1), imagePath(1, 2), model());
  const turned = await verify(imagePath(1, 2), imagePath(0, 1), model());
  expect(two['logOdds']).toBeCloseTo(turned['logOdds'] as number, 4);
  expect(one['probability']).toBeGreaterThan(two['probability'] as number);
  expect(two['same']).toBe((two['probability'] as number) > 0.5);
});

test('it agrees with what the run found for a test pair', async () => {
  const found = await verify(imagePath(4, 1), imagePath(4, 2), model());
  // The run's images are rounded to whole gray levels.
  expect(Math.abs((found['logOdds'] as number) - results[0]!.nets[0]!.logOdds[0]!)).toBeLessThan(
    0.05,
  );
});

test('a picture or a model that is none is a mistake, told in one line', async () => {
  const picture = imagePath(0, 1);
  expect(onlyComplaint(await run(picture, 'none.jpg', model()))).toContain('none.jpg');
  expect(onlyComplaint(await run(picture, picture, layer()))).toContain(
    'holds a stack, expected a Siamese net',
  );
});
