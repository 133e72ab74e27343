import { Command } from 'commander';
import {
  MNIST_DEMO,
  MNIST_FULL,
  mnistJobs,
  type MnistPreset,
  mnistReport,
  MNIST_QUICK,
  type Row,
  rowsOf,
  type RunFolder,
  MNIST_SMALL,
  percentage,
} from '@deepbelief/experiments';
import {
  computeOptions,
  wholeNumber,
  withCheckpointOption,
  withSharedOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, printTable, say } from '../output.ts';
import { withStoppableRun } from '../with-stoppable-run.ts';
import { runWithDisplay } from '../run-with-display.ts';

interface MnistOptions extends SharedOptions {
  readonly small?: boolean;
  readonly full?: boolean;
  readonly seeds?: number;
  readonly seed: number;
  readonly out?: string;
  readonly resume?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief reproduce mnist                 500-500, three seeds
  deepbelief reproduce mnist --full          1000-1000 with dropout, and 100, 1,000 and 10,000 labels
  deepbelief reproduce mnist --full --resume goes on after a kill
`;

/** Published test errors, fractions, for the same task: docs/results.md has the sources. */
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

/** `deepbelief reproduce mnist`. */
export function reproduceMnistCommand(): Command {
  const command = new Command('mnist')
    .description(
      'stacks of NReLUs and of binary units on MNIST, pre-trained and not, with a report',
    )
    .option('--full', 'the large nets, and few labels; up to two hours on two cores')
    .option('--seeds <n>', 'number of seeds', wholeNumber(1, 100))
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option(
      '--out <folder>',
      'where models, checkpoints and the report go (default: runs/mnist or runs/mnist-full)',
    )
    .option('--resume', 'go on with the run in --out')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withCheckpointOption(command)).action((options: MnistOptions) => {
    const preset = {
      ...(options.full ? MNIST_FULL : MNIST_QUICK),
      ...(options.seeds === undefined ? {} : { seeds: options.seeds }),
    };
    const out = options.out ?? (options.full ? 'runs/mnist-full' : 'runs/mnist');
    const again = `deepbelief reproduce mnist${options.full ? ' --full' : ''} --seeds ${preset.seeds} --seed ${options.seed}`;
    return withStoppableRun(out, options.resume ? 'resume' : 'refuse', (folder, signal) =>
      runMnist(preset, options, folder, again, signal),
    );
  });
}

/** `deepbelief demo`. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description(
      'four nets on MNIST in a few minutes: NReLU and binary, pre-trained and not, with a report',
    )
    .option('--seed <n>', 'all randomness follows from it', wholeNumber(0), 1)
    .option('--out <folder>', 'where models and the report go', 'runs/demo')
    .option(
      '--small',
      'tiny nets on a few hundred images: whether everything works here, in seconds',
    )
    .option('--resume', 'go on with a demo that was stopped, instead of starting anew')
    .addHelpText('after', '\nExamples:\n  npm run demo\n  npm run demo -- --seed 2\n');
  return withSharedOptions(withCheckpointOption(command)).action((options: MnistOptions) => {
    const out = options.out ?? 'runs/demo';
    const preset = options.small ? MNIST_SMALL : MNIST_DEMO;
    say(
      `Four deep belief nets on MNIST: layers of ${preset.layers.join(' and ')} units, NReLU and binary, pre-trained as RBMs and not.`,
    );
    return withStoppableRun(out, options.resume ? 'resume' : 'replace', (folder, signal) =>
      runMnist(
        preset,
        options,
        folder,
        `deepbelief demo${options.small ? ' --small' : ''} --seed ${options.seed}`,
        signal,
      ),
    );
  });
}

async function runMnist(
  preset: MnistPreset,
  options: MnistOptions,
  folder: RunFolder,
  command: string,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  const jobs = mnistJobs(preset, options.seed);
  const compute = computeOptions(options);
  const results = await runWithDisplay('stack', jobs, folder, compute, signal);
  const rows = rowsOf(jobs, results);
  const seconds = (performance.now() - started) / 1000;
  const { arithmetic } = results[0]!;
  const page = await mnistReport({ folder, jobs, rows, arithmetic, command, seconds, compute });
  await folder.write('report.html', new TextEncoder().encode(page));
  if (options.json) printJson({ rows, seconds, report: folder.file('report.html') });
  else printRows(rows);
  say(`${seconds.toFixed(0)} seconds. Report: ${folder.file('report.html')}`);
}

function printRows(rows: readonly Row[]): void {
  printTable(
    ['net', 'labels', 'start', 'test error', 'sd', 'published'],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`,
      String(row.labels ?? 'all'),
      { none: 'random', first: 'first layer pre-trained', all: 'pre-trained' }[row.pretrained],
      percentage(row.testError),
      row.sd === null ? '' : percentage(row.sd),
      published(row),
    ]),
  );
}

function published({ labels, pretrained }: Row): string {
  return PUBLISHED.filter((entry) => entry.labels === labels)
    .flatMap((entry) => {
      const value =
        pretrained === 'all' ? entry.all : pretrained === 'none' ? entry.none : undefined;
      return value === undefined ? [] : [`${percentage(value)} (${entry.who})`];
    })
    .join('\n');
}
