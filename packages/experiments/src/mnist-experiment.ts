import type { Experiment } from './experiment.ts';
import { mnistJobs, type MnistPreset } from './mnist-presets.ts';
import { rowsOf, type Row } from './rows.ts';
import { stackReport } from './stack-report.ts';

/** Stacks of NReLUs and of binary units on MNIST, with and without pre-training. */
export function mnistExperiment(
  preset: MnistPreset,
  firstSeed: number,
): Experiment<'stack', { readonly rows: readonly Row[] }> {
  const jobs = mnistJobs(preset, firstSeed);
  return {
    kind: 'stack',
    jobs,
    summarize: (results) => ({ rows: rowsOf(jobs, results) }),
    report: ({ results, summary, ...input }) =>
      stackReport({
        ...input,
        dataName: 'MNIST',
        jobs,
        rows: summary.rows,
        arithmetic: results[0]!.arithmetic,
      }),
  };
}

/** A published test error, as a fraction, and who published it. */
export interface PublishedError {
  readonly error: number;
  readonly who: string;
}

/** Published test errors for the same task: docs/results.md has the sources. */
const PUBLISHED: readonly {
  readonly labels?: number;
  readonly none?: number;
  readonly all: number;
  readonly who: string;
}[] = [
  { all: 0.012, who: 'Hinton & Salakhutdinov 2006, 500-500-2000' },
  { all: 0.0125, who: 'Hinton, Osindero & Teh 2006, up-down' },
  { all: 0.0127, who: 'yell, 1024' },
  { labels: 10000, none: 0.0527, all: 0.0273, who: 'yell' },
  { labels: 1000, none: 0.1129, all: 0.0635, who: 'yell' },
  { labels: 100, none: 0.2398, all: 0.183, who: 'yell' },
];

/** Returns the published errors for a row of the table. */
export function publishedErrors({
  labels,
  pretrained,
}: Pick<Row, 'labels' | 'pretrained'>): PublishedError[] {
  return PUBLISHED.filter((entry) => entry.labels === labels).flatMap(({ none, all, who }) => {
    const error = { none, first: undefined, all }[pretrained];
    return error === undefined ? [] : [{ error, who }];
  });
}
