import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../packages/experiments/test/support/folders.ts';
import { writeNorbFolder } from '../../../packages/experiments/test/support/norb-folder.ts';

import { deepbelief } from './support/deepbelief.ts';
import { deepbeliefProcess, type Killer } from './support/deepbelief-process.ts';
import { onlyComplaint } from './support/only-complaint.ts';

/** Kills once a file can be read. */
function whenReadable(path: string): Killer {
  return (kill) => {
    const timer = setInterval(() => {
      try {
        readFileSync(path);
        kill();
      } catch {
        // Not there yet.
      }
    }, 5);
    return () => clearInterval(timer);
  };
}

test('reproduce mnist --full begins nets of 1000-1000 with dropout, on few labels too', async () => {
  const out = join(temporaryFolder(), 'run');
  const plan = join(out, 'nrelu-seed-1', 'job.json');
  const args = ['reproduce', 'mnist', '--full', '--seeds', '1', '--out', out];
  const { signal } = await deepbeliefProcess(args, { killer: whenReadable(plan) });
  expect(signal).toBe('SIGKILL');
  const { job } = JSON.parse(readFileSync(plan, 'utf8')) as {
    job: {
      layers: { size: number }[];
      classifiers: { labels?: number; fineTuning: { dropout?: object } }[];
    };
  };
  expect(job.layers.map(({ size }) => size)).toEqual([1000, 1000]);
  expect(job.classifiers.some(({ fineTuning }) => fineTuning.dropout !== undefined)).toBe(true);
  const labels = new Set(job.classifiers.map((classifier) => classifier.labels));
  expect(labels).toEqual(new Set([undefined, 100, 1000, 10_000]));
});

test('reproduce norb --full wants all training pairs of NORB', async () => {
  const folder = await writeNorbFolder(temporaryFolder());
  const args = ['--full', '--data', folder, '--out', join(folder, 'run')];
  expect(onlyComplaint(await deepbelief(['reproduce', 'norb', ...args]))).toMatch(
    /holds 300 training pairs, expected at least the 291600 asked for/,
  );
});
