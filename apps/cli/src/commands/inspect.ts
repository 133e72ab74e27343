import { readBundleHeader } from '@deepbelief/training';
import { useBackend } from '@deepbelief/backend';
import { decodeSafetensors } from '@deepbelief/safetensors';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import { encodePng, filterSheet } from '@deepbelief/pictures';
import { matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import {
  type LoadedModel,
  loadModel,
  readModelFile,
  tensorStatistics,
  unchecked,
  UserError,
} from '@deepbelief/experiments';
import { numberList, wholeNumber } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';

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
      'what a model or checkpoint holds: units, sizes, statistics of its parameters; its filters as a picture',
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
  const bytes = await readModelFile(path);
  const header = readBundleHeader(bytes, path);
  const tensors = Object.entries(decodeSafetensors(bytes, path).tensors).map(
    ([name, { shape, data }]) => ({
      name,
      shape,
      ...tensorStatistics(data as Float32Array),
    }),
  );
  if (options.pictures !== undefined) await writePictures(path, options.pictures, options);
  else if (header.digest === undefined) say(unchecked(path));
  const parameters = tensors.reduce((sum, { count }) => sum + count, 0);
  if (options.json) return printJson({ ...header, bytes: bytes.length, parameters, tensors });
  say(`${path}: ${header.kind}, ${parameters} numbers, ${bytes.length} bytes`);
  say(JSON.stringify(header.config, undefined, 2));
  if (header.kind.endsWith('checkpoint'))
    say('A run in the making: the command that wrote it goes on from here with --resume.');
  printTable(
    ['tensor', 'shape', 'minimum', 'mean', 'sd', 'maximum', 'norm'],
    tensors.map((tensor) => [
      tensor.name,
      tensor.shape.join('×'),
      ...[tensor.minimum, tensor.mean, tensor.sd, tensor.maximum, tensor.norm].map((value) =>
        value.toPrecision(4),
      ),
    ]),
  );
}

async function writePictures(
  path: string,
  target: string,
  { layer, shape }: InspectOptions,
): Promise<void> {
  await useBackend();
  const loaded = await loadModel(path, say);
  try {
    const all = weightsOf(loaded);
    if (layer > all.length)
      throw new UserError(`--layer is ${layer}, but ${path} has ${all.length} layers`);
    const weights = tidy(() =>
      all.slice(1, layer).reduce((below, above) => matMul<Tensor2D>(below, above), all[0]!.clone()),
    );
    const inputs = weights.shape[0];
    const side = Math.sqrt(inputs);
    // Faces have three colors.
    const color = Math.sqrt(inputs / 3);
    const picture = shape ?? (loaded.kind === 'siamese' ? [color, color, 3] : [side, side]);
    if (
      picture.length < 2 ||
      picture.reduce((a, b) => a * b, 1) !== inputs ||
      !picture.every(Number.isInteger)
    ) {
      weights.dispose();
      throw new UserError(
        `--shape is ${shape?.join(',') ?? 'not given'}, expected height,width with a product of ${inputs}`,
      );
    }
    const sheet = await filterSheet(weights, picture, { limit: 400, columns: 20, order: 'norm' });
    weights.dispose();
    await writeFileWhole(target, encodePng(sheet));
    say(`Wrote ${target}: units of layer ${layer}, those of largest norm first`);
  } finally {
    loaded.model.dispose();
  }
}

function weightsOf(loaded: LoadedModel): Tensor2D[] {
  const layers: readonly { readonly weights: Tensor2D }[] = loaded.model.layers;
  return layers.map(({ weights }) => weights);
}
