import { expect, test } from 'vitest';
import { RunProgress } from '../src/run-progress.ts';

const progress = (job: string, fraction: number) => ({ job, fraction, stage: 'stage', detail: '' });

test('the time left is that of all jobs by their work, those that wait too', () => {
  const run = new RunProgress(
    new Map([
      ['a', 3],
      ['b', 3],
      ['c', 2],
    ]),
  );
  for (const job of ['a', 'b']) run.update(progress(job, 0));
  expect(run.left(1)).toBeUndefined();
  for (const job of ['a', 'b']) run.update(progress(job, 1 / 3));
  // 2 of 8 in 10 seconds: 30 more.
  expect(run.fraction).toBeCloseTo(1 / 4, 12);
  expect(run.left(10)).toBeCloseTo(30, 10);
  run.update(progress('a', 1));
  run.update(progress('b', 1));
  run.update(progress('c', 1));
  expect(run.fraction).toBe(1);
  expect(run.left(40)).toBe(0);
});

test('what an earlier run computed does not count for the speed', () => {
  const run = new RunProgress(
    new Map([
      ['a', 1],
      ['b', 1],
    ]),
  );
  run.update(progress('a', 1));
  run.update(progress('b', 0.5));
  expect(run.left(5)).toBeUndefined();
  run.update(progress('b', 0.6));
  expect(run.fraction).toBeCloseTo(0.8, 12);
  // A tenth in 5 seconds, four tenths are left.
  expect(run.left(5)).toBeCloseTo(20, 10);
});
