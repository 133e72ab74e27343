import { useBackend } from '@deepbelief/backend';
import { loadModel } from '@deepbelief/experiments';
import { encodeOnnx, type OnnxOptions } from '@deepbelief/onnx';
import { writeFileWhole } from '@deepbelief/safetensors/node';
import { Command } from 'commander';
import { holdsDataModel, withModel } from '../load-data-model.ts';
import { say } from '../output.ts';

interface ExportOptions {
  readonly onnx: string;
  readonly reconstruction?: boolean;
}

const EXAMPLES = `
Examples:
  deepbelief export runs/train/nrelu-seed-1/stack.safetensors --onnx features.onnx
  deepbelief export runs/train/nrelu-seed-1/stack.safetensors --onnx autoencoder.onnx --reconstruction
  deepbelief export runs/train/nrelu-seed-1/classifier-all.safetensors --onnx classifier.onnx
  deepbelief export runs/people --onnx people.onnx
`;

/** `deepbelief export`. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a model as an ONNX file: features of an RBM or stack, a classifier, a Siamese net, ' +
        'a model of a table',
    )
    .argument('<model>', 'a model that deepbelief wrote')
    .requiredOption('--onnx <file>', 'the file to write')
    .option(
      '--reconstruction',
      'with a second output of an RBM or stack: the means of the visible units given the features',
    )
    .addHelpText('after', EXAMPLES)
    .action(exportModel);
}

async function exportModel(path: string, { onnx, ...options }: ExportOptions): Promise<void> {
  await useBackend();
  await writeFileWhole(onnx, await onnxOf(path, options));
  say(`Wrote ${onnx}; ONNX Runtime reads it`);
}

async function onnxOf(path: string, options: OnnxOptions): Promise<Uint8Array> {
  if (await holdsDataModel(path)) {
    return withModel(path, async ({ classifier, dbn, inputs }) =>
      encodeOnnx(classifier ?? dbn, {
        ...options,
        metadata: { 'deepbelief.schema': JSON.stringify(inputs.schema) },
      }),
    );
  }
  const { model } = await loadModel(path, say);
  try {
    return await encodeOnnx(model, options);
  } finally {
    model.dispose();
  }
}
