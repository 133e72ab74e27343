import { basename } from 'node:path';
import { UserError } from '@deepbelief/experiments';
import { renderReport } from '@deepbelief/pictures';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import { findSchema } from '@deepbelief/tables';
import { Command } from 'commander';
import { lookAt, type Look, type LookOptions } from '../look-at.ts';
import { lookJson } from '../look-json.ts';
import { lookReport } from '../look-report.ts';
import { lookText } from '../look-text.ts';
import { printJson, say } from '../output.ts';
import { readOptions, withCsvOptions } from '../verb-options.ts';

interface CommandOptions extends Omit<LookOptions, 'header'> {
  /** False where --no-header is given. */
  readonly header: boolean;
  readonly label?: string;
  readonly schema?: string;
  readonly report?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief look people.csv
  deepbelief look people.csv --report people.html        histograms of all columns
  deepbelief look people.csv --schema people.json --label smoker
  deepbelief look digits.npy --json
  deepbelief look photos/                                a folder of pictures
`;

/** `deepbelief look`. */
export function lookCommand(): Command {
  const command = new Command('look')
    .description(
      'show what data hold: columns, histograms, gaps, constant values, and the units that fit',
    )
    .argument(
      '<data>',
      'CSV, Parquet or JSON lines; NPY, NPZ or safetensors; an idx file; a folder of pictures',
    )
    .option('--report <file>', 'write an HTML page with histograms and pictures')
    .option('--schema <file>', 'write the schema of a table as JSON, to edit and to train with')
    .option('--label <column>', 'with --schema: the column whose categories are the classes')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', EXAMPLES);
  return withCsvOptions(command).action(look);
}

async function look(path: string, options: CommandOptions): Promise<void> {
  const found = await lookAt(path, readOptions(options));
  await writeSchema(path, found, options);
  if (options.report !== undefined) {
    const page = renderReport(lookReport(basename(path), found));
    await writeFileWhole(options.report, Buffer.from(page));
    say(`Wrote ${options.report}`);
  }
  if (options.json) printJson({ file: path, ...lookJson(found) });
  else process.stdout.write(lookText(path, found));
}

async function writeSchema(path: string, found: Look, options: CommandOptions): Promise<void> {
  const { schema: target, label } = options;
  if (target === undefined) {
    if (label === undefined) return;
    throw new UserError('look: --label is given without --schema: add --schema <file>');
  }
  if (found.kind !== 'table') {
    throw new UserError(
      `look: --schema is for tables, and ${path} is ${found.about}: leave --schema out`,
    );
  }
  const { source, statistics } = found;
  const schema = await findSchema(source, { statistics, ...(label !== undefined && { label }) });
  await writeFileWhole(target, Buffer.from(`${JSON.stringify(schema, undefined, 2)}\n`));
  say(`Wrote ${target}: change what is wrong, and train with --schema ${target}`);
}
