import { summarize } from '@deepbelief/evaluation';
import type { Job, JobResult, Pretrained } from './job.ts';

/** Test errors of one kind of classifier over seeds; errors are fractions. */
export interface Row {
  readonly units: string;
  readonly layers: readonly number[];
  readonly pretrained: Pretrained;
  /** Number of labeled training examples, if not all were used. */
  readonly labels?: number;
  readonly seeds: number;
  readonly testError: number;
  /** Standard deviation over seeds; null for one seed. */
  readonly sd: number | null;
  /** Mean over seeds, if examples were held out. */
  readonly validationError?: number;
}

/** A row while it is gathered. */
interface Group {
  readonly row: Pick<Row, 'units' | 'layers' | 'pretrained' | 'labels'>;
  readonly test: number[];
  readonly validation: number[];
}

/**
 * Gathers jobs that differ only in the seed into one row for each kind of classifier, in the jobs'
 * order.
 */
export function rowsOf(jobs: readonly Job[], results: readonly JobResult[]): Row[] {
  const groups = new Map<string, Group>();
  jobs.forEach((job, i) => {
    for (const { pretrained, labels, depth, testError, validationError } of results[i]!
      .classifiers) {
      const row = {
        units: job.units,
        layers: job.layers.map(({ size }) => size).slice(0, depth),
        pretrained,
        ...(labels === undefined ? {} : { labels }),
      };
      const key = JSON.stringify(row);
      const group: Group = groups.get(key) ?? { row, test: [], validation: [] };
      groups.set(key, group);
      group.test.push(testError);
      if (validationError !== undefined) group.validation.push(validationError);
    }
  });
  return [...groups.values()].map(({ row, test, validation }) => {
    const { mean, sd } = summarize(test);
    return {
      ...row,
      seeds: test.length,
      testError: mean,
      sd: test.length > 1 ? sd : null,
      ...(validation.length > 0 ? { validationError: summarize(validation).mean } : {}),
    };
  });
}
