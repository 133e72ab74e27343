import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { deepbelief } from './support/deepbelief.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import type { Outcome } from './support/outcome.ts';
import { SETTINGS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

/** Trains in `out`, with further options. */
const train = (out: string, ...args: string[]): Promise<Outcome> =>
  deepbelief([...SETTINGS, '--data', run.data, '--out', out, ...args]);

test('a folder that holds a run, without --resume: one line, and the run stays as it was', async () => {
  const before = filesIn(run.out);
  expect(onlyComplaint(await train(run.out))).toMatch(
    /already holds a run; add --resume to continue it, or choose another --out/,
  );
  expect(filesIn(run.out)).toEqual(before);
});

test.each([
  { args: ['--validation', '10'], says: /validation differs/ },
  { args: ['--layers', '6,4'], says: /layers differs/ },
  { args: ['--epochs', '2'], says: /layers differs/ },
  {
    args: ['--backend', 'wasm'],
    says: /computed by tfjs cpu, --backend asks for wasm: .*; leave --backend out to continue it, or choose another --out/,
  },
])(
  '--resume with other options, $args: one line, and the run stays as it was',
  async ({ args, says }) => {
    const before = filesIn(run.out);
    expect(onlyComplaint(await train(run.out, '--resume', ...args))).toMatch(says);
    expect(filesIn(run.out)).toEqual(before);
  },
);

test.each([
  'job.json',
  'result.json',
  'layer1.history.json',
  'layer1.safetensors',
  'layer1.checkpoint',
])('a damaged %s in a run that is resumed: one line that names it', async (name) => {
  const out = join(temporaryFolder(), 'run');
  const job = join(out, 'binary-seed-1');
  mkdirSync(job, { recursive: true });
  writeFileSync(
    join(out, 'deepbelief-run.json'),
    readFileSync(join(run.out, 'deepbelief-run.json')),
  );
  writeFileSync(join(job, 'job.json'), readFileSync(join(run.job, 'job.json')));
  writeFileSync(join(job, name), '{"damaged');
  const complaint = (await train(out, '--resume')).stderr.trimEnd().split('\n').at(-1);
  expect(complaint).toMatch(/^deepbelief: /);
  expect(complaint).toContain(name);
});

test('--out that is a file: one line', async () => {
  const out = join(temporaryFolder(), 'file');
  writeFileSync(out, '');
  expect(onlyComplaint(await train(out))).toContain(out);
});

test('--out that may not be written: one line', async (context) => {
  context.skip(
    process.getuid?.() === 0 || process.platform === 'win32',
    'root may write everywhere',
  );
  const folder = temporaryFolder();
  chmodSync(folder, 0o555);
  expect(onlyComplaint(await train(join(folder, 'run')))).toMatch(/EACCES/);
});
