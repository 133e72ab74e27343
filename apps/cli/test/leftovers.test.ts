import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  filesIn,
  runFiles,
  temporaryFolder,
} from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { SETTINGS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

// No process has this number.
const TEMPORARY = '999999999-1-0.tmp';

test.each([
  { what: 'a stage was done and its checkpoint not yet removed', leftover: 'layer1.checkpoint' },
  {
    what: 'a classifier was done and its checkpoint not yet removed',
    leftover: 'classifier-all.checkpoint',
  },
  { what: 'a checkpoint was half written', leftover: `.layer1.checkpoint.${TEMPORARY}` },
  {
    what: 'a stage’s model was half written',
    leftover: `.layer2.safetensors.${TEMPORARY}`,
    without: 'layer2.safetensors',
  },
  { what: 'the result was half written', leftover: `.result.json.${TEMPORARY}` },
])(
  'killed when $what, a run leaves nothing of it once it is resumed',
  async ({ leftover, without = 'result.json' }) => {
    const out = join(temporaryFolder(), 'run');
    const job = join(out, 'binary-seed-1');
    cpSync(run.out, out, { recursive: true });
    for (const name of [without, 'result.json']) rmSync(join(job, name), { force: true });
    writeFileSync(join(job, leftover), 'half');
    expect(
      (await deepbelief([...SETTINGS, '--data', run.data, '--out', out, '--resume'])).code,
    ).toBe(0);
    expect(Object.keys(filesIn(out))).toEqual(Object.keys(filesIn(run.out)));
    expect(runFiles(out)).toEqual(runFiles(run.out));
  },
);

test('a checkpoint beside a damaged model stays', async () => {
  const out = join(temporaryFolder(), 'run');
  const job = join(out, 'binary-seed-1');
  cpSync(run.out, out, { recursive: true });
  rmSync(join(job, 'result.json'));
  writeFileSync(join(job, 'layer1.checkpoint'), 'kept');
  writeFileSync(join(job, 'layer1.safetensors'), 'damaged');
  expect((await deepbelief([...SETTINGS, '--data', run.data, '--out', out, '--resume'])).code).toBe(
    1,
  );
  expect(filesIn(job)).toHaveProperty(['layer1.checkpoint']);
});
