import { useBackend } from '@deepbelief/backend';
import { plural, renderReport, type ReportSection } from '@deepbelief/pictures';
import { backendOptions } from './backend-options.ts';
import { curveSection } from './curve-section.ts';
import { loadDataSource } from './data-source.ts';
import { classifierTitle, type ComputeOptions, type Job } from './job.ts';
import { fineTuningInWords, layerInWords } from './in-words.ts';
import { percentage } from './percentage.ts';
import { testErrorChart } from './test-error-chart.ts';
import type { Row } from './rows.ts';
import type { RunFolder } from './run-folder.ts';
import { jobFolder, recordedBackend } from './run-jobs.ts';
import { stackSection } from './stack-section.ts';

/** The report's input. */
export interface StackReportInput {
  readonly folder: RunFolder;
  /** The name of the data, such as `MNIST`. */
  readonly dataName: string;
  readonly jobs: readonly Job[];
  readonly rows: readonly Row[];
  readonly arithmetic: string;
  /** The command that repeats the run. */
  readonly command: string;
  readonly seconds: number;
  readonly compute: ComputeOptions;
}

/**
 * Writes one self-contained HTML page: errors, curves, filters, reconstructions, samples and the
 * settings that repeat it.
 */
export async function stackReport(input: StackReportInput): Promise<string> {
  const { jobs, rows, folder } = input;
  await useBackend((await recordedBackend(folder, jobs)) ?? backendOptions(input.compute));
  // One job of each unit type is shown; the others differ only in the seed.
  const shown = jobs.filter((job, i) => jobs.findIndex(({ units }) => units === job.units) === i);
  const { test } = await loadDataSource(jobs[0]!.data);
  const isOfImages = test.shape.length === 2 || test.shape.length === 3;
  return renderReport({
    title: `${jobs[0]!.layers.length === 1 ? 'An RBM' : 'Deep belief nets'} on ${input.dataName}`,
    summary:
      `${bestInWords(rows)}${plural(Math.round(input.seconds), 'second')} of ` +
      'computing in all.',
    sections: [
      ...(rows.length > 0 ? [errorSection(rows)] : []),
      await curveSection(folder, shown, jobs[0]!.validation > 0),
      ...(isOfImages
        ? await Promise.all(shown.map((job) => stackSection(jobFolder(folder, job), job, test)))
        : []),
      settingsSection(input),
    ],
  });
}

/** Names the lowest test error and its net; empty if no classifier was trained. */
function bestInWords(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const best = rows.reduce((a, b) => (b.testError < a.testError ? b : a));
  const start = best.pretrained === 'none' ? 'from random weights' : 'pre-trained layer by layer';
  const net = `${best.units} units ${best.layers.join('-')}, ${start}`;
  return `Lowest test error: ${percentage(best.testError)}, ${net}. `;
}

function rowName({ units, pretrained, labels }: Row): string {
  const start = { none: 'random weights', first: 'first layer pre-trained', all: 'pre-trained' }[
    pretrained
  ];
  return `${units}, ${start}${labels === undefined ? '' : `, ${labels} labels`}`;
}

function errorSection(rows: readonly Row[]): ReportSection {
  const withValidation = rows.some(({ validationError }) => validationError !== undefined);
  return {
    heading: 'Test errors',
    blocks: [
      {
        kind: 'table',
        columns: [
          { heading: 'net' },
          { heading: 'layers' },
          { heading: 'seeds' },
          ...(withValidation ? [{ heading: 'validation error', format: percentage }] : []),
          { heading: 'test error', best: 'lowest', format: percentage },
          { heading: 'sd', format: percentage },
        ],
        rows: rows.map((row) => [
          rowName(row),
          row.layers.join('-'),
          row.seeds,
          ...(withValidation ? [row.validationError ?? null] : []),
          row.testError,
          row.sd,
        ]),
      },
      {
        ...testErrorChart(rows, rowName),
        ...(rows.some(({ pretrained }) => pretrained === 'none') && {
          caption: 'Each net twice: from random weights, and with its layers pre-trained as RBMs.',
        }),
      },
    ],
  };
}

function settingsSection({ jobs, command, arithmetic }: StackReportInput): ReportSection {
  const job = jobs[0]!;
  const settings: Record<string, string | number> = {
    'training examples held out for validation': job.validation,
    seeds: [...new Set(jobs.map(({ seed }) => seed))].join(', '),
    'computed by': arithmetic,
  };
  for (const { units, layers } of jobs.filter(({ seed }) => seed === job.seed)) {
    layers.forEach((layer, i) => {
      settings[`${units}, layer ${i + 1}`] = layerInWords(layer);
    });
  }
  for (const plan of job.classifiers) settings[classifierTitle(plan)] = fineTuningInWords(plan);
  return {
    heading: 'Settings that repeat it',
    blocks: [
      { kind: 'command', command },
      { kind: 'settings', settings },
    ],
  };
}
