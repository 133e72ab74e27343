import { useBackend } from '@deepbelief/backend';
import { backendOptions } from '@deepbelief/experiments';
import { sample } from '@deepbelief/models';
import { Command } from 'commander';
import { withModel } from '../load-data-model.ts';
import {
  computeOptions,
  seedNumber,
  wholeNumber,
  withSharedOptions,
  type SharedOptions,
} from '../options.ts';
import { outputFormat } from '../output-format.ts';
import { printJson, say } from '../output.ts';
import { stoppable } from '../stoppable.ts';
import { writeResult } from '../write-result.ts';

interface SampleCommandOptions extends SharedOptions {
  readonly rows: number;
  readonly out: string;
  readonly steps: number;
  readonly seed: number;
}

const EXAMPLES = `
Examples:
  deepbelief sample runs/people --rows 1000 --out people-like.csv
  deepbelief sample runs/digits --rows 100 --out digits.npy --steps 5000
`;

/** `deepbelief sample`. */
export function sampleCommand(): Command {
  const command = new Command('sample')
    .description('new rows that a model draws: a table of the columns that it was trained on')
    .argument('<model>', 'a model.safetensors that train --data FILE saved, or its folder')
    .requiredOption('--rows <n>', 'how many', wholeNumber(1, 1e8))
    .requiredOption(
      '--out <file>',
      'where they go; its ending says the format: .csv, .tsv, .jsonl, .parquet, .npy or .npz',
    )
    .option('--steps <n>', 'Gibbs steps of each row’s chain', wholeNumber(1, 30_000), 1000)
    .option('--seed <n>', 'seed of all draws', seedNumber, 0)
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(command).action(run);
}

async function run(path: string, options: SampleCommandOptions): Promise<void> {
  const { rows, out, steps, seed, json } = options;
  outputFormat(out, true);
  await useBackend(backendOptions(computeOptions(options)));
  const table = await withModel(path, (model) =>
    stoppable('Stopped. Nothing was written.', () => sample(model, rows, { steps, seed })),
  );
  const isNumeric = table.rows.every((row) => row.every((cell) => typeof cell !== 'string'));
  outputFormat(out, isNumeric);
  const numbers = Float64Array.from(
    isNumeric ? table.rows.flatMap((row) => row.map((cell) => Number(cell ?? NaN))) : [],
  );
  const shape = isNumeric ? [rows, table.columns.length] : [0];
  await writeResult(out, {
    columns: table.columns,
    row: (i) => [...(table.rows[i] ?? [])],
    rows,
    arrays: { samples: { dtype: 'float64', shape, data: numbers } },
  });
  if (json) printJson({ rows, columns: table.columns.length, out });
  else say(`${rows} new rows of ${table.columns.length} columns. Wrote ${out}`);
}
