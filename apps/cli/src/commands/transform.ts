import { transform } from '@deepbelief/models';
import { Command } from 'commander';
import { wholeNumber } from '../options.ts';
import { outputFormat } from '../output-format.ts';
import { printJson, say } from '../output.ts';
import { carryOutVerb, withVerbOptions, type VerbOptions } from '../verb-options.ts';
import { writeResult } from '../write-result.ts';

interface TransformCommandOptions extends VerbOptions {
  readonly layer?: number;
}

const EXAMPLES = `
Examples:
  deepbelief transform runs/people --data people.csv --out features.npy      for numpy.load
  deepbelief transform runs/people --data new.csv --out features.parquet
  deepbelief transform runs/digits --data x.npy --out features.csv --layer 1
`;

/** `deepbelief transform`. */
export function transformCommand(): Command {
  const command = new Command('transform').description(
    'the features that a model makes of each row: the activations of its hidden units',
  );
  withVerbOptions(command, '.npy, .npz, .csv, .tsv, .jsonl or .parquet')
    .option('--layer <n>', 'the layer, counted from 1 (default: the top one)', wholeNumber(1))
    .addHelpText('after', EXAMPLES);
  return command.action(run);
}

async function run(path: string, options: TransformCommandOptions): Promise<void> {
  const { out, layer, data: file, json } = options;
  outputFormat(out, true);
  const features = await carryOutVerb(path, options, (model, data) =>
    transform(model, data, layer === undefined ? {} : { layer }),
  );
  const [rows = 0, width = 0] = features.shape;
  await writeResult(out, {
    columns: Array.from({ length: width }, (_, j) => `feature ${j + 1}`),
    row: (i) => [...features.data.subarray(i * width, (i + 1) * width)],
    rows,
    arrays: { features },
  });
  if (json) printJson({ rows, features: width, out });
  else say(`${file}: ${width} features of ${rows} rows. Wrote ${out}`);
}
