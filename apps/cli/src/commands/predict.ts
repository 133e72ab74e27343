import { classes, mostProbable, probabilities } from '@deepbelief/models';
import { Command } from 'commander';
import { outputFormat } from '../output-format.ts';
import { printJson, printTable, say } from '../output.ts';
import { carryOutVerb, withVerbOptions, type VerbOptions } from '../verb-options.ts';
import { writeResult } from '../write-result.ts';

const EXAMPLES = `
A table gets a column with the class and one with the probability of each class. An NPY file gets
the class numbers, from 0; an NPZ file gets the arrays classes and probabilities.

Examples:
  deepbelief train --data flowers.csv --label species --out runs/flowers
  deepbelief predict runs/flowers --data new.csv --out species.csv
  deepbelief predict runs/flowers --data new.npy --out species.npz --json
`;

/** `deepbelief predict`. */
export function predictCommand(): Command {
  const command = new Command('predict').description(
    'the class of each row, and the probabilities of all classes, by a model trained with --label',
  );
  return withVerbOptions(command, '.csv, .tsv, .jsonl, .parquet, .npy or .npz')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(path: string, options: VerbOptions): Promise<void> {
  const { out, data: file, json } = options;
  outputFormat(out, true);
  const { found, names, label } = await carryOutVerb(path, options, async (model, data) => ({
    found: await probabilities(model, data),
    names: classes(model),
    label: model.inputs.schema.label ?? 'class',
  }));
  const places = mostProbable(found);
  const width = names.length;
  await writeResult(out, {
    columns: [label, ...names.map((name) => `P(${name})`)],
    row: (i) => [names[places[i]!]!, ...found.data.subarray(i * width, (i + 1) * width)],
    rows: places.length,
    arrays: {
      classes: { dtype: 'int32', shape: [places.length], data: Int32Array.from(places) },
      probabilities: found,
    },
  });
  const counts = names.map(
    (name, k) => [name, places.filter((place) => place === k).length] as const,
  );
  if (json) return printJson({ rows: places.length, counts: Object.fromEntries(counts), out });
  printTable(
    [label, 'rows'],
    counts.map(([name, count]) => [name, String(count)]),
  );
  say(`${file}: the classes of ${places.length} rows. Wrote ${out}`);
}
