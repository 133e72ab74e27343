import { useBackend } from '@deepbelief/backend';
import { backendOptions, evaluateModel, loadModel } from '@deepbelief/experiments';
import { Command } from 'commander';
import { printFigures } from '../figures-table.ts';
import {
  computeOptions,
  idxSource,
  seedNumber,
  wholeNumber,
  withIdxOptions,
  withSharedOptions,
  type IdxOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, say } from '../output.ts';

interface EvaluateOptions extends SharedOptions, IdxOptions {
  readonly limitTest?: number;
  readonly seed: number;
}

const EXAMPLES = `
Examples:
  deepbelief evaluate runs/train/nrelu-seed-1/classifier-all.safetensors   test error, by class
  deepbelief evaluate runs/train/nrelu-seed-1/stack.safetensors            each layer's figures
  deepbelief evaluate model.safetensors --data path/to/fashion-mnist --json
`;

/** `deepbelief evaluate`. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description(
      'test error of a classifier; reconstruction error, free-energy gap, activity and ' +
        'likelihoods of a stack',
    )
    .argument('<model>', 'a file that train saved')
    .option('--limit-test <n>', 'use only the first n test examples', wholeNumber(1))
    .option('--seed <n>', 'seed for drawing the units of the pseudo-likelihood', seedNumber, 1)
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withIdxOptions(command)).action(evaluate);
}

async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  const { limitTest, seed, json } = options;
  await useBackend(backendOptions(computeOptions(options)));
  const loaded = await loadModel(path, say);
  try {
    const limits = limitTest === undefined ? {} : { test: limitTest };
    const data = { ...idxSource(options), limits };
    const figures = await evaluateModel(loaded, { path, data, seed });
    if (json) printJson(figures);
    else printFigures(figures);
  } finally {
    loaded.model.dispose();
  }
}
