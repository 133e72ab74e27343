import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FACE_MEANS, passedOverText, type FaceMean } from '@deepbelief/lfw';
import { Command, Option } from 'commander';
import {
  checkMemory,
  FACE_UNITS,
  FACE_WINDOW,
  LFW_QUICK,
  LFW_TABLE,
  type LfwChoices,
  type LfwJob,
  lfwJobs,
  lfwReport,
  type LfwRow,
  lfwRows,
  lfwSource,
  type LfwSource,
  loadFaces,
  type PairProtocol,
  paperFigure,
  type PretrainingImages,
  type RunFolder,
  UserError,
  percentage,
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

interface LfwOptions extends SharedOptions {
  readonly data?: string;
  readonly ownImages?: boolean;
  readonly view: '1' | '2';
  readonly folds: number;
  readonly images: PretrainingImages;
  readonly pairs: PairProtocol;
  readonly window: number;
  readonly fields: number;
  readonly mean: FaceMean;
  readonly reflections: boolean;
  readonly shift: number;
  readonly units: readonly string[];
  readonly start: 'both' | 'pretrained' | 'random';
  readonly layers?: readonly number[];
  readonly epochs?: readonly number[];
  readonly fineTune?: number;
  readonly size: number;
  readonly quick?: boolean;
  readonly seed: number;
  readonly out?: string;
  readonly cache?: string;
  readonly unpackedLimit: number;
  readonly resume?: boolean;
}

const EXAMPLES = `
The folder of --data holds the images, as lfw-deepfunneled.tgz, lfw-funneled.tgz, lfw.tgz or folders of people, and
pairsDevTrain.txt and pairsDevTest.txt (View 1) or pairs.txt (View 2).

Examples:
  deepbelief reproduce lfw --data lfw --quick              500 units, a look in ten minutes
  deepbelief reproduce lfw --data lfw                      4000 units: NReLU and binary, pre-trained and not
  deepbelief reproduce lfw --data lfw --view 2 --folds 10  the benchmark's own ten folds
  deepbelief reproduce lfw --data lfw --resume             goes on after a kill
`;

/** `deepbelief reproduce lfw`. */
export function reproduceLfwCommand(): Command {
  const command = new Command('lfw')
    .description(
      'face verification on Labeled Faces in the Wild: Siamese nets of NReLUs and of binary units, with a report',
    )
    .option(
      '--data <folder>',
      'the folder with images and pairs (default: lfw in $DEEPBELIEF_DATA)',
    )
    .option(
      '--own-images',
      'the folder holds a collection of one’s own: counts and MD5 are not checked',
    )
    .addOption(
      new Option('--view <n>', '1 for choosing a model, 2 for the final measurement')
        .choices(['1', '2'])
        .default('1'),
    )
    .option(
      '--folds <n>',
      'folds of View 2; fewer than the file has are made of neighboring ones',
      wholeNumber(2, 100),
      10,
    )
    .addOption(
      new Option(
        '--images <which>',
        'pre-trained on: images of the training pairs, or of all people but the test pairs’',
      )
        .choices(['pairs', 'people'])
        .default('pairs'),
    )
    .addOption(
      new Option(
        '--pairs <protocol>',
        'restricted: the training pairs alone; unrestricted: in each epoch other pairs of all images of the people in them',
      )
        .choices(['restricted', 'unrestricted'])
        .default('restricted'),
    )
    .option(
      '--window <pixels>',
      'side of the window in the middle of the picture, in pixels of one of 250',
      wholeNumber(10, 250),
      FACE_WINDOW,
    )
    .option(
      '--fields <pixels>',
      'side of the square of the prepared image that each unit of the first layer sees; 0 for all of it',
      wholeNumber(0, 256),
      0,
    )
    .addOption(
      new Option(
        '--mean <which>',
        `normalization: ${Object.entries(FACE_MEANS)
          .map(([name, text]) => `${name}, ${text}`)
          .join('; ')}`,
      )
        .choices(Object.keys(FACE_MEANS))
        .default('contrast'),
    )
    .option(
      '--no-reflections',
      'train on images as they are, not mirrored, and do not average over reflections',
    )
    .option(
      '--shift <pixels>',
      'in training, move the window by up to so many pixels',
      wholeNumber(0, 8),
      0,
    )
    .option('--units <names>', `which unit types: ${FACE_UNITS.join(', ')}`, unitNames, FACE_UNITS)
    .addOption(
      new Option('--start <which>', 'which nets')
        .choices(['both', 'pretrained', 'random'])
        .default('both'),
    )
    .option(
      '--layers <sizes>',
      'units of each layer (default: 4000, with --quick 500)',
      numberList(true),
    )
    .option('--epochs <list>', 'epochs of pre-training of each layer', numberList(true))
    .option('--fine-tune <epochs>', 'epochs of fine-tuning', wholeNumber(1))
    .option('--size <pixels>', 'side of the prepared images', wholeNumber(4, 256), 32)
    .option('--quick', 'a look in ten minutes: 500 units, few epochs')
    .option('--seed <n>', 'all randomness follows from it', wholeNumber(0), 1)
    .option(
      '--out <folder>',
      'where models, checkpoints and the report go (default: runs/lfw or runs/lfw-quick)',
    )
    .option('--cache <folder>', 'where prepared images are kept (default: images in --out)')
    .option(
      '--unpacked-limit <GiB>',
      'the most that an archive may unpack to',
      wholeNumber(1, 2 ** 20),
      4,
    )
    .option('--resume', 'go on with the run in --out')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withCheckpointOption(command)).action(runLfw);
}

function unitNames(text: string): string[] {
  const names = text.split(',');
  const bad = names.find((name) => !FACE_UNITS.includes(name));
  if (bad === undefined) return names;
  throw new UserError(
    `--units is ${text}, expected names of ${FACE_UNITS.join(', ')} with commas between`,
  );
}

async function runLfw(options: LfwOptions): Promise<void> {
  const out = options.out ?? (options.quick ? 'runs/lfw-quick' : 'runs/lfw');
  const preset = options.quick ? LFW_QUICK : LFW_TABLE;
  const data = await findData(options, options.cache ?? join(out, 'images'));
  const choices: LfwChoices = {
    data,
    units: options.units,
    starts: { both: [true, false], pretrained: [true], random: [false] }[options.start],
    seed: options.seed,
    view: options.view === '1' ? 1 : 2,
    folds: options.folds,
    images: options.images,
    pairs: options.pairs,
    window: options.window,
    fields: options.fields === 0 ? null : Math.min(options.fields, options.size),
    size: options.size,
    mean: options.mean,
    reflections: options.reflections,
    shift: options.shift,
    layers: options.layers ?? preset.layers,
    epochs: options.epochs ?? preset.epochs,
    fineTuneEpochs: options.fineTune ?? preset.fineTuneEpochs,
  };
  checkMemory(choices.size ** 2 * 3, choices.layers);
  const jobs = lfwJobs(choices);
  await withStoppableRun(out, options.resume ? 'resume' : 'refuse', (folder, signal) =>
    runInFolder(options, jobs, folder, signal),
  );
}

async function runInFolder(
  options: LfwOptions,
  jobs: readonly LfwJob[],
  folder: RunFolder,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  // Once, before the jobs' threads would all begin with it.
  let told = 0;
  const tell = (done: number): void => {
    signal.throwIfAborted();
    if (done % 1000 === 0 && done > told) say(`${(told = done)} images prepared`);
  };
  const limits = { unpackedBytes: options.unpackedLimit * 2 ** 30 };
  const { passedOver } = await loadFaces(jobs[0]!, { onProgress: tell, onNotice: say, limits });
  const others = passedOverText(passedOver);
  if (others !== '')
    say(`Passed over in ${jobs[0]!.data.images}, as no pictures of people: ${others}.`);
  const compute = computeOptions(options);
  const results = await runWithDisplay('lfw', jobs, folder, compute, signal);
  const rows = lfwRows(jobs, results);
  const seconds = (performance.now() - started) / 1000;
  const page = await lfwReport({ folder, jobs, results, rows, seconds, compute });
  await folder.write('report.html', new TextEncoder().encode(page));
  if (options.json) printJson({ rows, seconds, report: folder.file('report.html') });
  else printRows(rows);
  say(`${seconds.toFixed(0)} seconds. Report: ${folder.file('report.html')}`);
}

const ARCHIVES = ['lfw-deepfunneled.tgz', 'lfw-funneled.tgz', 'lfw.tgz'];

/** Where the images are: an archive in the folder of --data, or the folder itself. */
async function findData(options: LfwOptions, cache: string): Promise<LfwSource> {
  const root = process.env['DEEPBELIEF_DATA'];
  const folder = options.data ?? (root === undefined ? undefined : join(root, 'lfw'));
  if (folder === undefined) {
    throw new UserError(
      '--data is not given and DEEPBELIEF_DATA is not set, expected the folder with lfw-deepfunneled.tgz and the files of pairs',
    );
  }
  for (const name of ARCHIVES) {
    const found = await stat(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (found) return lfwSource(folder, cache, options.ownImages !== true, join(folder, name));
  }
  return lfwSource(folder, cache, options.ownImages !== true);
}

function printRows(rows: readonly LfwRow[]): void {
  printTable(
    ['net', 'start', 'pairs', 'accuracy', 'se', 'sd', 'AUC', 'equal error', 'paper, View 2'],
    rows.map((row) => [
      `${row.units} ${row.layers.join('-')}`,
      row.images === null
        ? 'random'
        : `pre-trained on the ${row.images === 'pairs' ? 'training pairs’ images' : 'images of all but the test people'}`,
      row.pairs,
      percentage(row.accuracy),
      percentage(row.se),
      row.sd === null ? '' : percentage(row.sd),
      row.auc.toFixed(4),
      percentage(row.eer),
      paperText(row),
    ]),
  );
}

function paperText(row: LfwRow): string {
  const figure = paperFigure(row);
  return figure === undefined || row.layers.length > 1 ? '' : figure.map(percentage).join(' ± ');
}
