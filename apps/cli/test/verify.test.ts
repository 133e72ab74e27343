import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isMistake, type LfwResult } from '@deepbelief/experiments';
import { verifyCommand } from '../src/commands/verify.ts';
import {
  imagePath,
  writeLfwFolder,
} from '../../../packages/experiments/test/support/lfw-folder.ts';
import { runHere, smallLfwJobs } from '../../../packages/experiments/test/support/lfw-jobs.ts';

// Training is short, but machines can be busy.

let data = '';
let results: LfwResult[] = [];
const model = (): string => join(data, 'run', 'nrelu', 'siamese-pretrained.safetensors');
const layer = (): string => join(data, 'run', 'nrelu', 'layer1.safetensors');
beforeAll(async () => {
  data = await writeLfwFolder(mkdtempSync(join(tmpdir(), 'deepbelief-verify-')));
  results = await runHere(smallLfwJobs(data), join(data, 'run'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** What the command prints for two images, run in this process. */
async function verify(
  first: string,
  second: string,
  file: string,
): Promise<Record<string, unknown>> {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    const paths = [first, second].map((path) => join(data, path));
    const args = [...paths, '--model', file, '--backend', 'wasm', '--json'];
    await verifyCommand().parseAsync(args, { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return JSON.parse(printed) as Record<string, unknown>;
}

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
  const mistakes = [
    [() => verify(picture, 'none.jpg', model()), 'none.jpg'],
    [() => verify(picture, picture, layer()), 'holds a stack, expected a Siamese net'],
  ] as const;
  for (const [outcome, text] of mistakes) {
    const error: unknown = await outcome().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isMistake(error) && error.message).toContain(text);
  }
});
