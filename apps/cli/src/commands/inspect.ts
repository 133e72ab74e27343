import { useBackend } from '@deepbelief/backend';
import { loadModel, modelFilters, readModelFile, summarizeFile } from '@deepbelief/experiments';
import { encodePng } from '@deepbelief/pictures';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import { Command } from 'commander';
import { printFileSummary } from '../file-table.ts';
import { numberList, wholeNumber } from '../options.ts';
import { printJson, say } from '../output.ts';

interface InspectOptions {
  readonly pictures?: string;
  readonly layer: number;
  readonly shape?: number[];
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief inspect runs/train/nrelu-seed-1/stack.safetensors
  deepbelief inspect runs/train/nrelu-seed-1/stack.safetensors --pictures filters.png
  deepbelief inspect runs/train/nrelu-seed-1/stack.safetensors --pictures second.png --layer 2
  deepbelief inspect runs/train/nrelu-seed-1/layer1.checkpoint --json      where a run stands
`;

/** `deepbelief inspect`. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description(
      'what a model or checkpoint holds: units, sizes, statistics of its parameters; its ' +
        'filters as a picture',
    )
    .argument('<file>', 'a model or checkpoint that deepbelief wrote')
    .option('--pictures <file>', 'write the filters of a layer as a PNG')
    .option(
      '--layer <n>',
      'the layer to show, seen in pixels through the layers below',
      wholeNumber(1),
      1,
    )
    .option(
      '--shape <sizes>',
      'height,width[,channels] of the data (default: a square)',
      numberList(true),
    )
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', EXAMPLES)
    .action(inspect);
}

async function inspect(path: string, options: InspectOptions): Promise<void> {
  const summary = summarizeFile(await readModelFile(path), path);
  if (options.pictures !== undefined) await writeFilters(path, options.pictures, options);
  else if (summary.notice !== undefined) say(summary.notice);
  const { notice: _, ...rest } = summary;
  if (options.json) printJson(rest);
  else printFileSummary(path, rest);
}

async function writeFilters(path: string, target: string, options: InspectOptions): Promise<void> {
  const { layer, shape } = options;
  await useBackend();
  const loaded = await loadModel(path, say);
  try {
    const sheet = await modelFilters(loaded, { path, layer, shape });
    await writeFileWhole(target, encodePng(sheet));
    say(`Wrote ${target}: units of layer ${layer}, those of largest norm first`);
  } finally {
    loaded.model.dispose();
  }
}
