import { useBackend } from '@deepbelief/backend';
import { backendOptions } from '@deepbelief/experiments';
import type { Model, ModelData } from '@deepbelief/models';
import { Option, type Command } from 'commander';
import { withModel } from './load-data-model.ts';
import { openData } from './open-data.ts';
import { computeOptions, withSharedOptions, type SharedOptions } from './options.ts';
import { stoppable } from './stoppable.ts';

/** Options of how a table or an array is read. */
export interface ReadOptions {
  readonly separator?: string;
  readonly decimal?: ',' | '.';
  readonly header?: boolean;
  readonly array?: string;
}

/** What each verb takes. */
export interface VerbOptions extends SharedOptions, ReadOptions {
  readonly data: string;
  readonly out: string;
}

/** Adds how CSV is read. */
export function withCsvOptions(command: Command): Command {
  return command
    .option('--separator <character>', 'for CSV: the character between cells (default: detected)')
    .addOption(
      new Option('--decimal <character>', 'for CSV: the decimal mark (default: detected)').choices([
        ',',
        '.',
      ]),
    )
    .option('--no-header', 'for CSV: the first row holds data, not names (default: detected)');
}

/** Adds how a table or an array is read. */
export function withReadOptions(command: Command): Command {
  return withCsvOptions(command).option(
    '--array <name>',
    'for NPZ files: the name of the array with the examples',
  );
}

/** Adds the options that each verb has. */
export function withVerbOptions(command: Command, endings: string): Command {
  command
    .argument('<model>', 'a model.safetensors that train --data FILE saved, or its folder')
    .requiredOption('--data <file>', 'a table (CSV, Parquet, JSON lines) or an array (NPY, NPZ)')
    .requiredOption(
      '--out <file>',
      `where the result goes; its ending says the format: ${endings}`,
    );
  return withSharedOptions(withReadOptions(command));
}

/** What options of reading say, as `openData` takes them. */
export function readOptions({ separator, decimal, header, array }: ReadOptions): ReadOptions {
  return {
    ...(separator !== undefined && { separator: separator === '\\t' ? '\t' : separator }),
    ...(decimal !== undefined && { decimal }),
    ...(header === false && { header }),
    ...(array !== undefined && { array }),
  };
}

/** Loads a model and opens the data, and does work with both; signals end it. */
export async function carryOutVerb<T>(
  path: string,
  options: VerbOptions,
  work: (model: Model, data: ModelData) => Promise<T>,
): Promise<T> {
  await useBackend(backendOptions(computeOptions(options)));
  return withModel(path, async (model) => {
    const data = await openData(options.data, readOptions(options));
    const rows = data.form === 'table' ? data.source : data.array;
    return stoppable('Stopped. Nothing was written.', () => work(model, rows));
  });
}
