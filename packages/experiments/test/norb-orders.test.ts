import { expect, test } from 'vitest';
import type { ClassifierResult, Job, JobResult } from '../src/job.ts';
import { norbOrders, orderText } from '../src/norb-orders.ts';
import { norbRows } from '../src/norb-rows.ts';

type Errors = Readonly<Record<'none' | 'all', number>>;

/** Jobs and results of one-layer nets with these test errors, for each seed. */
function runs(nrelu: readonly Errors[], binary: readonly Errors[]): [Job[], JobResult[]] {
  const jobs: Job[] = [];
  const results: JobResult[] = [];
  for (const [units, seeds] of Object.entries({ nrelu, binary })) {
    seeds.forEach((errors, seed) => {
      const name = `${units}, seed ${seed}`;
      jobs.push({
        name,
        data: { dataset: 'norb' },
        units,
        seed,
        validation: 0,
        layers: [],
        classifiers: [],
      });
      const classifiers = Object.entries(errors).map(([start, testError]): ClassifierResult => ({
        pretrained: start as 'none' | 'all',
        depth: 1,
        epochs: 1,
        testError,
      }));
      results.push({ classifiers, arithmetic: 'none' });
    });
  }
  return [jobs, results];
}

test('differences are taken seed by seed, with the standard error of their mean', () => {
  const [jobs, results] = runs(
    [
      { none: 0.2, all: 0.1 },
      { none: 0.4, all: 0.28 },
    ],
    [
      { none: 0.3, all: 0.25 },
      { none: 0.5, all: 0.35 },
    ],
  );
  const orders = new Map(norbOrders(jobs, results).map((order) => [order.claim, order]));
  expect(orders.size).toBe(5);
  // 0.1 and 0.1: no spread.
  const none = orders.get('1 layer: NReLU better than binary, not pre-trained')!;
  expect(none.difference).toBeCloseTo(0.1, 12);
  expect(none.se).toBeCloseTo(0, 12);
  expect(none.holds).toBe(true);
  // 0.10 and 0.12: mean 0.11, sd 0.0141…, standard error 0.01.
  const gain = orders.get('1 layer: NReLU pre-trained better than not')!;
  expect(gain.difference).toBeCloseTo(0.11, 12);
  expect(gain.se).toBeCloseTo(0.01, 12);
  expect(orderText(gain)).toBe('11.00 ± 1.00 points, holds');
  // 0.05 and -0.05: no difference.
  const across = orders.get('1 layer: NReLU not pre-trained no worse than binary pre-trained')!;
  expect(across.difference).toBeCloseTo(0, 12);
  expect(across.holds).toBe(false);
});

test('one seed has no verdict', () => {
  const [jobs, results] = runs([{ none: 0.3, all: 0.2 }], [{ none: 0.25, all: 0.2 }]);
  for (const { se, holds } of norbOrders(jobs, results)) expect([se, holds]).toEqual([null, null]);
  const texts = norbOrders(jobs, results).map(orderText);
  expect(texts).toContain('-5.00 points, not so (one seed)');
  expect(texts).toContain('10.00 points, one seed');
});

test('rows have the mean and the standard deviation over seeds', () => {
  const rows = norbRows(
    ...runs(
      [
        { none: 0.2, all: 0.1 },
        { none: 0.4, all: 0.1 },
      ],
      [{ none: 0.5, all: 0.3 }],
    ),
  );
  expect(rows.map(({ units, pretrained, seeds }) => `${units} ${pretrained} ${seeds}`)).toEqual([
    'nrelu none 2',
    'nrelu all 2',
    'binary none 1',
    'binary all 1',
  ]);
  expect(rows[0]!.testError).toBeCloseTo(0.3, 12);
  // Deviations of 0.1 to both sides, one degree of freedom.
  expect(rows[0]!.sd).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(rows.slice(1).map(({ sd }) => sd)).toEqual([0, null, null]);
});
