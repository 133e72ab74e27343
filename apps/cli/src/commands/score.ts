import { oddColumns, score, type OddRow } from '@deepbelief/models';
import { Command } from 'commander';
import { wholeNumber } from '../options.ts';
import { outputFormat } from '../output-format.ts';
import { printJson, printTable, say } from '../output.ts';
import { carryOutVerb, withVerbOptions, type VerbOptions } from '../verb-options.ts';
import { writeResult } from '../write-result.ts';

interface ScoreCommandOptions extends VerbOptions {
  readonly normalize?: boolean;
  readonly oddest: number;
}

const EXAMPLES = `
The higher the score, the odder the row. Next to each of the oddest rows are the cells that do not
fit the rest of the row, and what the model expects there.

Examples:
  deepbelief score runs/people --data people.csv --out scores.csv
  deepbelief score runs/people --data new.csv --out scores.npy --oddest 50
  deepbelief score runs/people --data new.csv --out scores.csv --normalize    −log p(row), in nats
`;

/** `deepbelief score`. */
export function scoreCommand(): Command {
  const command = new Command('score').description(
    'how odd each row is (its free energy), and the oddest rows with the cells that make them so',
  );
  withVerbOptions(command, '.csv, .tsv, .jsonl, .parquet, .npy or .npz')
    .option('--normalize', 'add log Z, by annealed importance sampling')
    .option('--oddest <n>', 'how many of the oddest rows are shown', wholeNumber(0, 10_000), 10)
    .addHelpText('after', EXAMPLES);
  return command.action(run);
}

async function run(path: string, options: ScoreCommandOptions): Promise<void> {
  const { out, data: file, json, oddest, normalize = false } = options;
  outputFormat(out, true);
  const { scores, odd } = await carryOutVerb(path, options, async (model, data) => {
    const found = await score(model, data, { normalize });
    const order = [...found.keys()].toSorted((a, b) => found[b]! - found[a]!).slice(0, oddest);
    return { scores: found, odd: await oddColumns(model, data, order) };
  });
  await writeResult(out, {
    columns: ['score'],
    row: (i) => [scores[i]!],
    rows: scores.length,
    arrays: { score: { dtype: 'float64', shape: [scores.length], data: scores } },
  });
  // People count rows from 1.
  const rows = odd.map(({ row, columns }) => ({ row: row + 1, score: scores[row]!, columns }));
  if (json) return printJson({ rows: scores.length, oddest: rows, out });
  if (rows.length > 0) {
    printTable(
      ['row', 'score', 'unusual cells (expected)'],
      rows.map(({ row, score: own, columns }) => [
        String(row),
        own.toFixed(2),
        columnsText(columns),
      ]),
    );
  }
  say(`${file}: the scores of ${scores.length} rows. Wrote ${out}`);
}

function columnsText(columns: OddRow['columns']): string {
  return columns
    .map(({ column, value, expected }) => `${column} ${String(value)} (${String(expected)})`)
    .join(', ');
}
