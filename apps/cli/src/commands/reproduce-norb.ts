import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  checkMemory,
  NORB_FULL,
  jobWork,
  norbJobs,
  norbOrders,
  type NorbPreset,
  norbReport,
  norbRows,
  type NorbSource,
  NORB_NORMAL,
  orderText,
  prepareNorbSource,
  hasValidation,
  type NorbRow,
  startOf,
  percentage,
  NORB_QUICK,
  type RunFolder,
  toyNorbFolder,
  UserError,
} from '@deepbelief/experiments';
import {
  computeOptions,
  numberList,
  wholeNumber,
  withCheckpointOption,
  withSharedOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { withStoppableRun } from '../with-stoppable-run.ts';
import { runWithDisplay } from '../run-with-display.ts';

interface NorbOptions extends SharedOptions {
  readonly data?: string;
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly layers?: readonly number[];
  readonly epochs?: readonly number[];
  readonly fineTune?: number;
  readonly pairs?: number;
  readonly testPairs?: number;
  readonly seeds?: number;
  readonly seed: number;
  readonly heldOut?: readonly number[];
  readonly mean: 'pixel' | 'image';
  readonly cache: string;
  readonly out?: string;
  readonly resume?: boolean;
}

/** Height and width of the prepared images, as in the paper. */
const IMAGE_SIZE = 32;

const EXAMPLES = `
Examples:
  deepbelief reproduce norb --quick             a look at everything in ten minutes, on toy scenes that it renders
  deepbelief reproduce norb                     1000-500, three seeds, under an hour on two cores
  deepbelief reproduce norb --data ~/norb       the original files, small or jittered-cluttered, packed or not
  deepbelief reproduce norb --resume            goes on after a kill
`;

/** `deepbelief reproduce norb`. */
export function reproduceNorbCommand(): Command {
  const command = new Command('norb')
    .description(
      'object recognition of Nair & Hinton 2010 (tables 1 and 2): NReLU and binary nets, pre-trained and not',
    )
    .option(
      '--data <folder>',
      'NORB files (.mat or .mat.gz); default: toy scenes in the same format, rendered once',
    )
    .addOption(
      new Option('--quick', 'small nets, few pairs, one seed: ten minutes').conflicts('full'),
    )
    .option('--full', "the paper's sizes: 4000-2000 on 291,600 pairs; days")
    .option(
      '--layers <sizes>',
      'hidden units of one layer or two, such as 1000,500',
      numberList(true),
    )
    .option('--epochs <n>', 'epochs of pre-training of each layer, such as 40,30', numberList(true))
    .option('--fine-tune <epochs>', 'epochs of fine-tuning', wholeNumber(1))
    .option('--pairs <n>', 'training pairs', wholeNumber(1))
    .option('--test-pairs <n>', 'test pairs', wholeNumber(1))
    .option(
      '--held-out <instances>',
      'toys held out of training for validation, such as 9',
      numberList(true),
    )
    .addOption(
      new Option(
        '--mean <of>',
        'the mean that is subtracted: of each pixel over the training pairs, or of each image',
      )
        .choices(['pixel', 'image'])
        .default('image'),
    )
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100))
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option(
      '--cache <folder>',
      'where toy scenes and prepared images are kept',
      join('runs', 'cache'),
    )
    .option('--out <folder>', 'where models, checkpoints and the report go (default: runs/norb)')
    .option('--resume', 'go on with the run in --out')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withCheckpointOption(command)).action(runNorb);
}

async function runNorb(options: NorbOptions): Promise<void> {
  const preset = presetOf(options);
  checkMemory(2 * IMAGE_SIZE ** 2, preset.layers);
  const kind = options.quick ? '-quick' : options.full ? '-full' : '';
  const out = options.out ?? join('runs', `norb${kind}`);
  await withStoppableRun(out, options.resume ? 'resume' : 'refuse', (folder, signal) =>
    runInFolder(options, preset, folder, signal),
  );
}

async function runInFolder(
  options: NorbOptions,
  preset: NorbPreset,
  folder: RunFolder,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const source: NorbSource = {
    directory: options.data ?? (await toyNorbFolder(options.cache, preset.pairs, signal, say)),
    cache: options.cache,
    imageSize: IMAGE_SIZE,
    eyes: 'both',
    pairs: preset.pairs,
    mean: options.mean === 'pixel' ? 'value' : 'example',
    heldOut: options.heldOut ?? [],
  };
  await prepare(source, signal);
  const jobs = norbJobs(preset, source, options.seed);
  const compute = computeOptions(options);
  const values = 2 * source.imageSize ** 2;
  const work = jobs.map((job) => jobWork(job, values, source.pairs.train));
  const results = await runWithDisplay('stack', jobs, folder, compute, signal, work);
  const rows = norbRows(jobs, results);
  const orders = norbOrders(jobs, results);
  const seconds = (performance.now() - started) / 1000;
  const { arithmetic } = results[0]!;
  const page = await norbReport({
    folder,
    jobs,
    rows,
    orders,
    arithmetic,
    command: commandOf(options),
    seconds,
    compute,
  });
  await folder.write('report.html', new TextEncoder().encode(page));
  if (options.json) printJson({ rows, orders, seconds, report: folder.file('report.html') });
  else {
    printNorbRows(rows);
    printTable(
      ['order', 'difference'],
      orders.map((order) => [order.claim, orderText(order)]),
    );
  }
  say(`${seconds.toFixed(0)} seconds. Report: ${folder.file('report.html')}`);
}

function presetOf(options: NorbOptions): NorbPreset {
  const preset = options.quick ? NORB_QUICK : options.full ? NORB_FULL : NORB_NORMAL;
  const layers = options.layers ?? preset.layers;
  if (layers.length > 2) {
    throw new UserError(
      `--layers is ${layers.join(',')}, expected one or two sizes: the tables have no deeper nets`,
    );
  }
  return {
    layers,
    epochs: options.epochs ?? preset.epochs,
    fineTuneEpochs: options.fineTune ?? preset.fineTuneEpochs,
    seeds: options.seeds ?? preset.seeds,
    pairs: {
      train: options.pairs ?? preset.pairs.train,
      test: options.testPairs ?? preset.pairs.test,
    },
  };
}

/**
 * Images are prepared before the jobs start, which then share them; it takes minutes where there
 * are many.
 */
async function prepare(source: NorbSource, signal: AbortSignal): Promise<void> {
  let last = performance.now();
  await prepareNorbSource(
    source,
    (set, done, pairs) => {
      signal.throwIfAborted();
      if (performance.now() - last < 5000 && done < pairs) return;
      last = performance.now();
      say(`resampling ${set} images: ${done} of ${pairs} pairs`);
    },
    say,
  );
}

/** The command that repeats a run. */
function commandOf(options: NorbOptions): string {
  const list = (numbers: readonly number[] | undefined): string | undefined => numbers?.join(',');
  const given: [string, string | number | undefined][] = [
    ['--data', options.data],
    ['--layers', list(options.layers)],
    ['--epochs', list(options.epochs)],
    ['--fine-tune', options.fineTune],
    ['--pairs', options.pairs],
    ['--test-pairs', options.testPairs],
    ['--held-out', list(options.heldOut)],
    ['--mean', options.mean === 'image' ? undefined : options.mean],
    ['--seeds', options.seeds],
    ['--seed', options.seed],
  ];
  const flags = [...(options.quick ? ['--quick'] : []), ...(options.full ? ['--full'] : [])];
  const values = given.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return ['deepbelief reproduce norb', ...flags, ...values].join(' ');
}

/** Prints the table: a row a cell, ours beside the paper's. */
function printNorbRows(rows: readonly NorbRow[]): void {
  printTable(
    [
      'net',
      'pre-trained',
      'test error',
      'sd',
      ...(hasValidation(rows) ? ['validation'] : []),
      'paper',
    ],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`.trimEnd(),
      startOf(row),
      percentage(row.testError),
      row.sd === null ? '' : percentage(row.sd),
      ...(hasValidation(rows)
        ? [row.validationError === undefined ? '' : percentage(row.validationError)]
        : []),
      row.published === null ? '' : percentage(row.published),
    ]),
  );
}
