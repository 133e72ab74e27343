import { join } from 'node:path';
import {
  findLfw,
  LFW_QUICK,
  LFW_TABLE,
  lfwExperiment,
  UserError,
  type LfwChoices,
} from '@deepbelief/experiments';
import { Command } from 'commander';
import { carryOut, printOutcome } from '../carry-out.ts';
import { withLfwOptions, type LfwOptions } from '../lfw-options.ts';
import { printLfwRows } from '../lfw-table.ts';
import { repeatCommand } from '../repeat-command.ts';

const EXAMPLES = `
The folder of --data holds the images, as lfw-deepfunneled.tgz, lfw-funneled.tgz, lfw.tgz or folders
of people, and pairsDevTrain.txt and pairsDevTest.txt (View 1) or pairs.txt (View 2).

Examples:
  deepbelief reproduce lfw --data lfw --quick              500 units, a look in ten minutes
  deepbelief reproduce lfw --data lfw                      4000 units, NReLU and binary
  deepbelief reproduce lfw --data lfw --view 2 --folds 10  the benchmark's own ten folds
  deepbelief reproduce lfw --data lfw --resume             goes on after a kill
`;

/** `deepbelief reproduce lfw`. */
export function reproduceLfwCommand(): Command {
  const command = new Command('lfw')
    .description(
      'face verification on Labeled Faces in the Wild: Siamese nets of NReLU and binary ' +
        'units, with a report',
    )
    .addHelpText('after', EXAMPLES);
  return withLfwOptions(command).action(reproduceLfw);
}

async function reproduceLfw(options: LfwOptions, command: Command): Promise<void> {
  const out = options.out ?? (options.quick ? 'runs/lfw-quick' : 'runs/lfw');
  const preset = options.quick ? LFW_QUICK : LFW_TABLE;
  const { units, seed, folds, images, pairs, window, size, mean, reflections, shift } = options;
  const choices: LfwChoices = {
    data: await findLfw(
      dataFolder(options),
      options.cache ?? join(out, 'images'),
      !options.ownImages,
    ),
    units,
    starts: { both: [true, false], pretrained: [true], random: [false] }[options.start],
    seed,
    view: options.view === '1' ? 1 : 2,
    folds,
    images,
    pairs,
    window,
    fields: options.fields === 0 ? null : Math.min(options.fields, size),
    size,
    mean,
    reflections,
    shift,
    layers: options.layers ?? preset.layers,
    epochs: options.epochs ?? preset.epochs,
    fineTuneEpochs: options.fineTune ?? preset.fineTuneEpochs,
  };
  const place = {
    out,
    existing: options.resume ? 'resume' : 'refuse',
    command: repeatCommand('deepbelief reproduce lfw', command),
  } as const;
  const experiment = lfwExperiment(choices, options.unpackedLimit * 2 ** 30);
  const outcome = await carryOut(experiment, place, options);
  printOutcome(outcome, options.json, ({ rows }) => printLfwRows(rows));
}

function dataFolder({ data }: LfwOptions): string {
  const root = process.env['DEEPBELIEF_DATA'];
  if (data !== undefined) return data;
  if (root) return join(root, 'lfw');
  throw new UserError(
    '--data is not given and DEEPBELIEF_DATA is not set, expected the folder with ' +
      'lfw-deepfunneled.tgz and the files of pairs',
  );
}
