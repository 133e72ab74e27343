import type { NumericArray } from '@deepbelief/arrays';
import { UserError } from '@deepbelief/experiments';
import { impute, imputedRows, type ImputeOptions, type Model } from '@deepbelief/models';
import { cellReader, type Cell, type TableSource } from '@deepbelief/tables';
import { Command, Option } from 'commander';
import { seedNumber, wholeNumber } from '../options.ts';
import { outputFormat } from '../output-format.ts';
import { printJson, say } from '../output.ts';
import { rowProgress } from '../row-progress.ts';
import { carryOutVerb, withVerbOptions, type VerbOptions } from '../verb-options.ts';
import { writeResult } from '../write-result.ts';
import { writeCopies } from '../write-table.ts';

interface ImputeCommandOptions extends VerbOptions {
  readonly method: 'mean' | 'sample';
  readonly imputations: number;
  readonly sweeps: number;
  readonly seed: number;
}

const EXAMPLES = `
Cells that have a value stay as they are; columns that the model left out, such as names, too.

Examples:
  deepbelief train --data people.csv --out runs/people
  deepbelief impute runs/people --data people.csv --out filled.csv
  deepbelief impute runs/people --data new.parquet --out filled.parquet
  deepbelief impute runs/people --data people.csv --out filled.csv --method sample --imputations 5
                                         filled-1.csv to filled-5.csv, which differ in the gaps
`;

/** `deepbelief impute`. */
export function imputeCommand(): Command {
  const command = new Command('impute').description(
    'fill the gaps of a table or an array with what a model makes of the rest of each row',
  );
  withVerbOptions(command, '.csv, .tsv, .jsonl, .parquet; .npy or .npz for arrays')
    .addOption(
      new Option('--method <which>', 'mean: what the model expects; sample: drawn')
        .choices(['mean', 'sample'])
        .default('mean'),
    )
    .option('--imputations <n>', 'of samples: how many filled copies', wholeNumber(1, 1000), 1)
    .option('--sweeps <n>', 'sweeps of Gibbs sampling', wholeNumber(1, 1e6), 200)
    .option('--seed <n>', 'seed of all draws', seedNumber, 0)
    .addHelpText('after', EXAMPLES);
  return command.action(run);
}

async function run(path: string, options: ImputeCommandOptions): Promise<void> {
  const { out, data: file, json, method, imputations, sweeps, seed } = options;
  if (method === 'mean' && imputations > 1) {
    throw new UserError(
      `--imputations is ${imputations} for means, which are always the same: add --method sample`,
    );
  }
  const format = outputFormat(out, true);
  const choices: ImputeOptions = { method, imputations, sweeps, seed };
  const outs = Array.from({ length: imputations }, (_, i) =>
    imputations === 1 ? out : out.replace(/(?=\.[^.]+$)/, `-${i + 1}`),
  );
  const done = await carryOutVerb(path, options, (model, data) =>
    'dtype' in data
      ? fillArray(model, data, choices, outs)
      : fillTable(model, data as TableSource, choices, outs, format),
  );
  if (json) printJson({ ...done, out: imputations === 1 ? out : outs });
  else
    say(
      `${file}: ${done.rows} rows, ${done.filled} gaps filled, ${done.left} left. Wrote ${outs.join(', ')}`,
    );
}

interface Done {
  readonly rows: number;
  /** Gaps that were filled, in one copy. */
  readonly filled: number;
  readonly left: number;
}

async function fillTable(
  model: Model,
  source: TableSource,
  options: ImputeOptions,
  outs: readonly string[],
  format: ReturnType<typeof outputFormat>,
): Promise<Done> {
  if (format === 'npy' || format === 'npz') outputFormat(outs[0]!, false);
  const progress = rowProgress('impute');
  const reader = cellReader(source.rules);
  const gapsIn = (rows: readonly (readonly Cell[])[]): number =>
    rows.flat().filter((cell) => reader.text(cell) === undefined).length;
  const gaps = { before: 0, after: 0 };
  const counted: TableSource = {
    ...source,
    async *rows() {
      for await (const piece of source.rows()) {
        gaps.before += gapsIn(piece);
        yield piece;
      }
    },
  };
  const copies = (async function* filledCopies() {
    let count = 0;
    for await (const tables of imputedRows(model, counted, options)) {
      gaps.after += gapsIn(tables[0]!);
      count += tables[0]!.length;
      progress.update(count);
      yield tables;
    }
  })();
  const style = source.dialect && { ...source.dialect, decimalComma: source.rules.decimalComma };
  try {
    const rows = await writeCopies(outs, format, { columns: source.columns, copies, style });
    return { rows, filled: gaps.before - gaps.after, left: gaps.after };
  } finally {
    progress.done();
  }
}

async function fillArray(
  model: Model,
  array: NumericArray,
  options: ImputeOptions,
  outs: readonly string[],
): Promise<Done> {
  const copies =
    options.method === 'sample'
      ? await impute(model, array, { ...options, method: 'sample' })
      : [await impute(model, array, { ...options, method: 'mean' })];
  const gapsOf = (data: ArrayLike<number | bigint>): number =>
    Array.from(data as ArrayLike<number>).filter(Number.isNaN).length;
  for (const [i, copy] of copies.entries()) {
    const [rows = 0, width = 1] = copy.shape;
    const { columns, label } = model.inputs.schema;
    const named = columns.map(({ name }) => name);
    await writeResult(outs[i]!, {
      columns: width === named.length ? named : named.filter((name) => name !== label),
      row: (r) => [...copy.data.subarray(r * width, (r + 1) * width)],
      rows,
      arrays: { data: { ...copy, shape: array.shape } },
    });
  }
  const left = gapsOf(copies[0]!.data);
  return { rows: array.shape[0] ?? 0, filled: gapsOf(array.data) - left, left };
}
