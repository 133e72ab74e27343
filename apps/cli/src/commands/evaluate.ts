import { useBackend } from '@deepbelief/backend';
import { Command } from 'commander';
import {
  evaluateClassifier,
  evaluateStack,
  loadDataSource,
  type LoadedModel,
  loadModel,
  UserError,
  percentage,
} from '@deepbelief/experiments';
import {
  computeOptions,
  idxSource,
  wholeNumber,
  withIdxOptions,
  withSharedOptions,
  type IdxOptions,
  type SharedOptions,
} from '../options.ts';
import { printJson, printTable, say } from '../output.ts';

interface EvaluateOptions extends SharedOptions, IdxOptions {
  readonly limitTest?: number;
  readonly seed: number;
}

const EXAMPLES = `
Examples:
  deepbelief evaluate runs/train/nrelu-seed-1/classifier-all.safetensors     test error, by class
  deepbelief evaluate runs/train/nrelu-seed-1/stack.safetensors              each layer's figures
  deepbelief evaluate model.safetensors --data path/to/fashion-mnist --json
`;

/** `deepbelief evaluate`. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description(
      'test error of a classifier; reconstruction error, free-energy gap, activity and likelihoods of a stack',
    )
    .argument('<model>', 'a file that train saved')
    .option('--limit-test <n>', 'use only the first n test examples', wholeNumber(1))
    .option('--seed <n>', 'of the units that the pseudo-likelihood draws', wholeNumber(0), 1)
    .addHelpText('after', EXAMPLES);
  return withSharedOptions(withIdxOptions(command)).action(evaluate);
}

async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  await useBackend(computeOptions(options));
  const loaded = await loadModel(path, say);
  if (loaded.kind === 'siamese') {
    loaded.model.dispose();
    throw new UserError(
      `${path} holds a Siamese net, which compares two pictures; try deepbelief verify`,
    );
  }
  const { limitTest } = options;
  const limits = limitTest === undefined ? {} : { test: limitTest };
  const sets = await loadDataSource({ ...idxSource(options), limits }, classLabelsOf(loaded));
  const values = sets.test.shape.reduce((product, extent) => product * extent, 1);
  const inputs = inputsOf(loaded);
  if (values !== inputs) {
    throw new UserError(
      `${path} takes ${inputs} values an example, but ${sets.test.name} has ${values}; choose other --data`,
    );
  }
  try {
    if (loaded.kind === 'classifier') {
      const figures = await evaluateClassifier(loaded.model, sets.test);
      const classNames = loaded.model.classNames && { classNames: loaded.model.classNames };
      if (options.json)
        return printJson({
          kind: 'classifier',
          testError: figures.error,
          ...classNames,
          ...figures,
        });
      printTable(
        ['test examples', 'error'],
        [
          ['all', percentage(figures.error)],
          ...figures.errorByClass.map((error, i) => [
            `class ${loaded.model.classNames?.[i] ?? i}`,
            percentage(error),
          ]),
        ],
      );
      return;
    }
    const layers = await evaluateStack(loaded.model, sets, options.seed);
    if (options.json) return printJson({ kind: 'stack', layers });
    printTable(
      [
        'layer',
        'units',
        'reconstruction error',
        'free-energy gap',
        'mean activity',
        'dead',
        'active',
        'log pseudo-likelihood',
        'log-likelihood',
      ],
      layers.map((layer) => [
        String(layer.layer),
        `${layer.hidden} on ${layer.visible}`,
        layer.reconstructionError.toFixed(4),
        layer.freeEnergyGap.toFixed(2),
        layer.meanActivity.toFixed(4),
        percentage(layer.dead),
        percentage(layer.active),
        layer.pseudoLikelihood?.toFixed(2) ?? '',
        layer.logLikelihood?.toFixed(2) ?? '',
      ]),
    );
    say(
      'On at most 2,000 examples of each set; free-energy gap: test less training; likelihoods in nats, of pixels thresholded at 0.5.',
    );
  } finally {
    loaded.model.dispose();
  }
}

function inputsOf(loaded: Exclude<LoadedModel, { kind: 'siamese' }>): number {
  return loaded.kind === 'classifier' ? loaded.model.inputs : loaded.model.layers[0]!.visible.size;
}

/**
 * The labels in idx files of a classifier's classes: those whose names its file records, or the
 * classes' numbers.
 */
function classLabelsOf(loaded: LoadedModel): number[] | undefined {
  if (loaded.kind !== 'classifier') return undefined;
  const { classes, classNames } = loaded.model;
  const labels = classNames?.map(Number);
  return labels?.every(Number.isInteger) ? labels : Array.from({ length: classes }, (_, i) => i);
}
