import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NumericArray } from '@deepbelief/arrays';
import { readArrayFile } from '@deepbelief/arrays/node';
import { useBackend } from '@deepbelief/backend';
import { backendOptions, UserError } from '@deepbelief/experiments';
import { encodeModel, fit, type FitOptions, type Model, type ModelData } from '@deepbelief/models';
import { readRegularFile } from '@deepbelief/data/node';
import { renderReport } from '@deepbelief/pictures';
import { makeFolder, writeFileWhole } from '@deepbelief/safetensors/node';
import { parseSchema, type TableSchema } from '@deepbelief/tables';
import type { Command } from 'commander';
import { MODEL_FILE } from './load-data-model.ts';
import { isArrayFile, openData } from './open-data.ts';
import { computeOptions } from './options.ts';
import { printJson, printTable, say } from './output.ts';
import { progressDisplay } from './progress-display.ts';
import { repeatCommand } from './repeat-command.ts';
import { stoppable } from './stoppable.ts';
import { columnRows, figureText, tableReport } from './table-report.ts';
import type { TrainOptions } from './train-options.ts';
import { readOptions } from './verb-options.ts';

const REPORT = 'report.html';

/** Options of `train` that are for images alone. */
const OF_IMAGES = [
  'scale',
  'maxBytes',
  'transposed',
  'negativePhase',
  'zeroHiddenBias',
  'dropout',
  'labels',
  'compare',
  'validation',
  'limitTrain',
  'limitTest',
  'resume',
  'checkpointEvery',
] as const;

/** Options of `train` that are for tables and arrays alone. */
const OF_TABLES = ['label', 'schema', 'kind', 'separator', 'decimal', 'header', 'array'] as const;

/** Whether `--data` names a file with a table or an array. */
export async function isDataFile(path: string): Promise<boolean> {
  if (/\.(?:csv|tsv|tab|txt|parquet|jsonl|ndjson|json|npy|npz|safetensors)$/i.test(path))
    return true;
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

/** Throws a UserError for an option that the user gave and that is not for such data. */
export function checkDataOptions(command: Command, isFile: boolean): void {
  for (const name of isFile ? OF_IMAGES : OF_TABLES) {
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const { long } = command.options.find((option) => option.attributeName() === name)!;
    const what = isFile ? 'MNIST and idx folders, and --data is a file' : 'tables and arrays';
    throw new UserError(`${long} is for ${what}: leave it out`);
  }
}

/** `deepbelief train --data FILE`: a model and a report in the folder of `--out`. */
export async function trainTable(options: TrainOptions, command: Command): Promise<void> {
  const { data: path, out, json } = options;
  checkDataOptions(command, true);
  const target = join(out, MODEL_FILE);
  if (
    await stat(target).then(
      () => true,
      () => false,
    )
  ) {
    throw new UserError(`${target} already exists: name another folder with --out, or remove it`);
  }
  const started = performance.now();
  await useBackend(backendOptions(computeOptions(options)));
  const { data, choices } = await dataAndLabels(options);
  const display = progressDisplay(new Map([['train', 1]]));
  let model: Model;
  try {
    model = await stoppable('Stopped. Nothing was saved.', (signal) =>
      fit(data, {
        ...choices,
        ...fitChoices(options, command),
        signal,
        onProgress: (progress) => display.update({ job: 'train', ...progress }),
      }),
    );
  } finally {
    display.done();
  }
  try {
    await makeFolder(out);
    await writeFileWhole(target, await encodeModel(model));
    const report = join(out, REPORT);
    const repeat = repeatCommand('deepbelief train', command);
    await writeFileWhole(report, Buffer.from(renderReport(tableReport(model, path, repeat))));
    const seconds = (performance.now() - started) / 1000;
    if (json) {
      const { schema } = model.inputs;
      return printJson({ model: target, report, seconds, schema, training: model.training });
    }
    printTable(['column', 'kind', 'gaps', 'what it holds'], columnRows(model));
    say(figureText(model));
    say(`${seconds.toFixed(0)} seconds. Saved: ${target}. Report: ${report}`);
  } finally {
    model.dispose();
  }
}

/** What the user chose; else `fit` chooses. */
function fitChoices(options: TrainOptions, command: Command): FitOptions {
  const given = (name: keyof TrainOptions): boolean => command.getOptionValueSource(name) === 'cli';
  const { units, layers, epochs, rate, fineTune, seed } = options;
  return {
    seed,
    ...(given('units') && { units }),
    ...(given('layers') && { layers }),
    ...(given('epochs') && { epochs: epochs[0]! }),
    ...(rate !== undefined && { learningRate: rate[0]! }),
    ...(given('fineTune') && { fineTuneEpochs: fineTune }),
    ...(options.kind !== undefined && { kinds: options.kind }),
  };
}

async function dataAndLabels(
  options: TrainOptions,
): Promise<{ readonly data: ModelData; readonly choices: FitOptions }> {
  const { data: path, label, schema } = options;
  const data = await openData(path, readOptions(options));
  if (data.form === 'table') {
    for (const notice of data.source.notices) say(notice);
    if (schema !== undefined) {
      return { data: data.source, choices: { schema: await schemaIn(schema, options) } };
    }
    return { data: data.source, choices: label === undefined ? {} : { label } };
  }
  if (schema !== undefined)
    throw new UserError(`--schema is for tables, and ${path} is an array: leave it out`);
  if (label === undefined) return { data: data.array, choices: {} };
  const labels = data.others[label] ?? (await labelFile(label, path, Object.keys(data.others)));
  return { data: data.array, choices: { labels: labels.data } };
}

/** Reads the schema of a file, which says by itself what `--label` and `--kind` would. */
async function schemaIn(file: string, { label, kind }: TrainOptions): Promise<TableSchema> {
  const other = label === undefined ? kind && '--kind' : '--label';
  if (other !== undefined)
    throw new UserError(`${other} is given beside --schema: change ${file} instead`);
  return parseSchema(Buffer.from(await readRegularFile(file)).toString('utf8'), file);
}

/** The labels of another file. */
async function labelFile(
  label: string,
  path: string,
  others: readonly string[],
): Promise<NumericArray> {
  const arrays = isArrayFile(label) ? Object.values(await readArrayFile(label)) : [];
  const [only] = arrays;
  if (arrays.length === 1 && only !== undefined) return only;
  const names = others.length === 0 ? '' : `, or one of its arrays ${others.join(', ')}`;
  throw new UserError(
    `--label is ${label}, expected an NPY file with a number for each row of ${path}${names}`,
  );
}
