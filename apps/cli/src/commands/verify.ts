import { useBackend } from '@deepbelief/backend';
import { faceLogits, faceReader, preparationOf } from '@deepbelief/lfw';
import { Command } from 'commander';
import { backendOptions, loadModel, UserError } from '@deepbelief/experiments';
import { computeOptions, withSharedOptions, type SharedOptions } from '../options.ts';
import { printJson, printTable, say } from '../output.ts';

interface VerifyOptions extends SharedOptions {
  readonly model: string;
  readonly reflections: boolean;
}

const EXAMPLES = `
The face must be in the middle of each picture, as in the data set. P(same) is only the
model's opinion: models of this kind are wrong about one pair in five.

Examples:
  deepbelief verify a.jpg b.jpg --model runs/lfw/nrelu/siamese-pretrained.safetensors
  deepbelief verify a.jpg b.jpg --model model.safetensors --json
`;

/** `deepbelief verify`. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description(
      'tell whether two pictures show the same person, with a Siamese net from reproduce lfw',
    )
    .argument('<first>', 'a picture of a face')
    .argument('<second>', 'another one')
    .requiredOption('--model <file>', 'a file siamese-….safetensors from reproduce lfw')
    .option('--no-reflections', 'compare only the pictures as they are, not mirrored too')
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(command).action(verify);
}

async function verify(first: string, second: string, options: VerifyOptions): Promise<void> {
  const { arithmetic } = await useBackend(backendOptions(computeOptions(options)));
  const loaded = await loadModel(options.model, say);
  try {
    if (loaded.kind !== 'siamese') {
      throw new UserError(
        `${options.model} holds a ${loaded.kind}, expected a Siamese net that deepbelief ` +
          'reproduce lfw saved',
      );
    }
    const siamese = loaded.model;
    const read = faceReader(siamese, options.model);
    const [a, b] = await Promise.all([read(first), read(second)]);
    const { size } = preparationOf(siamese, options.model);
    const logits = faceLogits(siamese, a, b, options.reflections ? [size, size, 3] : undefined);
    const [logOdds] = await logits.data();
    for (const tensor of [a, b, logits]) tensor.dispose();
    const probability = 1 / (1 + Math.exp(-logOdds!));
    const same = probability > 0.5;
    if (options.json) return printJson({ first, second, same, probability, logOdds, arithmetic });
    printTable(
      ['pictures', 'P(same)', 'verdict'],
      [[`${first} and ${second}`, probability.toFixed(3), same ? 'same' : 'different']],
    );
  } finally {
    loaded.model.dispose();
  }
}
