import { useBackend } from '@deepbelief/backend';
import { decodeClassifier } from '@deepbelief/dbn';
import { plural, renderReport, type Block, type ReportSection } from '@deepbelief/pictures';
import { NORB_CATEGORIES } from '@deepbelief/norb';
import type { IndexedDataset } from '@deepbelief/data';
import { backendOptions } from './backend-options.ts';
import { curveSection } from './curve-section.ts';
import { loadDataSource } from './data-source.ts';
import { evaluateClassifier } from './evaluate-classifier.ts';
import { fineTuningInWords, layerInWords } from './in-words.ts';
import { classifierTitle, JOB_FILES, type ComputeOptions, type Job } from './job.ts';
import { orderText, type NorbOrder } from './norb-orders.ts';
import { BASELINE } from './norb-presets.ts';
import { hasValidation, startOf, type NorbRow } from './norb-rows.ts';
import { norbStackSection } from './norb-stack-section.ts';
import { percentage } from './percentage.ts';
import { testErrorChart } from './test-error-chart.ts';
import { jobFolder, recordedBackend } from './run-jobs.ts';
import type { RunFolder } from './run-folder.ts';

/** The report's input. */
export interface NorbReportInput {
  readonly folder: RunFolder;
  readonly jobs: readonly Job[];
  readonly rows: readonly NorbRow[];
  readonly orders: readonly NorbOrder[];
  readonly arithmetic: string;
  /** The command that repeats the run. */
  readonly command: string;
  readonly seconds: number;
  readonly compute: ComputeOptions;
}

/**
 * Writes one self-contained HTML page: errors beside the paper's, orders, curves, filters,
 * equivariance, confusions and settings.
 */
export async function norbReport(input: NorbReportInput): Promise<string> {
  const { jobs, rows, orders, folder } = input;
  await useBackend((await recordedBackend(folder, jobs)) ?? backendOptions(input.compute));
  // One job of each unit type is shown; the others differ only in the seed.
  const shown = jobs.filter((job, i) => jobs.findIndex(({ units }) => units === job.units) === i);
  const stacks = shown.filter(({ layers }) => layers.length > 0);
  const { test } = await loadDataSource(jobs[0]!.data);
  const best = rows.reduce((a, b) => (b.testError < a.testError ? b : a));
  const stackSections: ReportSection[] = [];
  for (const job of stacks)
    stackSections.push(await norbStackSection(jobFolder(folder, job), job, test));
  return renderReport({
    title: 'Object recognition on NORB',
    summary:
      `Lowest test error: ${percentage(best.testError)}, ${best.units} ${best.layers.join('-')}, ` +
      `pre-trained: ${startOf(best)}. ${plural(Math.round(input.seconds), 'second')} of ` +
      'computing in all.',
    sections: [
      errorSection(rows),
      orderSection(orders),
      await curveSection(folder, shown, hasValidation(rows)),
      ...stackSections,
      await confusionSection(folder, shown, test),
      settingsSection(input),
    ],
  });
}

function errorSection(rows: readonly NorbRow[]): ReportSection {
  const held = hasValidation(rows);
  const name = (row: NorbRow): string =>
    row.units === BASELINE
      ? `${BASELINE} on pixels`
      : `${row.units} ${row.layers.join('-')}, ${startOf(row)}`;
  return {
    heading: 'Test errors',
    blocks: [
      {
        kind: 'table',
        columns: [
          { heading: 'net, layers pre-trained' },
          { heading: 'seeds' },
          ...(held ? [{ heading: 'validation error', format: percentage }] : []),
          { heading: 'test error', best: 'lowest', format: percentage },
          { heading: 'sd', format: percentage },
          { heading: 'paper', best: 'lowest', format: percentage },
        ],
        rows: rows.map((row) => [
          name(row),
          row.seeds,
          ...(held ? [row.validationError ?? null] : []),
          row.testError,
          row.sd,
          row.published,
        ]),
      },
      {
        kind: 'text',
        text:
          'The paper is V. Nair and G. Hinton, ICML 2010: tables 1 and 2, with layers of 4000 ' +
          'and 4000-2000 units on jittered-cluttered NORB. For other nets or other data, compare ' +
          'which nets do better than which, not the figures.',
      },
      testErrorChart(rows, name),
    ],
  };
}

function orderSection(orders: readonly NorbOrder[]): ReportSection {
  return {
    heading: 'Does the paper’s order hold?',
    blocks: [
      {
        kind: 'table',
        caption:
          'Differences between test errors in percentage points: the mean over seeds ± its ' +
          'standard error. An order holds when the difference is more than twice its standard ' +
          'error.',
        columns: [{ heading: 'order' }, { heading: 'difference' }],
        rows: orders.map((order) => [order.claim, orderText(order)]),
      },
    ],
  };
}

/**
 * Shows the confusions of each unit type's classifier on the whole pre-trained stack, and of the
 * baseline.
 */
async function confusionSection(
  folder: RunFolder,
  shown: readonly Job[],
  test: IndexedDataset,
): Promise<ReportSection> {
  const blocks: Block[] = [];
  for (const job of shown) {
    const plan = job.classifiers.at(-1)!;
    const file = `${JOB_FILES.classifier(plan)}.safetensors`;
    const own = jobFolder(folder, job);
    const classifier = decodeClassifier(await own.readKept(file), own.file(file));
    const { confusion } = await evaluateClassifier(classifier, test);
    classifier.dispose();
    blocks.push({
      kind: 'table',
      caption:
        `${job.units === BASELINE ? '' : `${job.units}, `}${classifierTitle(plan)}, ` +
        `seed ${job.seed}: test pairs of each category (rows) by the category they were taken for.`,
      columns: [
        { heading: 'category' },
        ...confusion.map((_, i) => ({ heading: NORB_CATEGORIES[i]! })),
      ],
      rows: confusion.map((row, i) => [NORB_CATEGORIES[i]!, ...row]),
    });
  }
  return { heading: 'Confusions', blocks };
}

function settingsSection({ jobs, command, arithmetic }: NorbReportInput): ReportSection {
  const { seed, data } = jobs[0]!;
  const { norb } = data;
  const settings: Record<string, string | number> = {
    data: norb?.directory ?? '',
    'training pairs, test pairs': `${norb?.pairs.train}, ${norb?.pairs.test}`,
    'instances held out': norb?.heldOut.join(', ') || 'none',
    'mean subtracted': norb?.mean === 'example' ? 'of each image' : 'of each pixel',
    seeds: [...new Set(jobs.map((job) => job.seed))].join(', '),
    'computed by': arithmetic,
  };
  for (const { units, layers, classifiers } of jobs.filter((job) => job.seed === seed)) {
    layers.forEach((layer, i) => {
      settings[`${units}, layer ${i + 1}`] = layerInWords(layer);
    });
    for (const plan of classifiers)
      settings[`${units}, ${classifierTitle(plan)}`] = fineTuningInWords(plan);
  }
  return {
    heading: 'Settings that repeat it',
    blocks: [
      { kind: 'command', command },
      { kind: 'settings', settings },
    ],
  };
}
