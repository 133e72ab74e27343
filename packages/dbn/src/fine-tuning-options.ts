import {
  checkSchedule,
  optimizerFromConfig,
  type OptimizerConfig,
  type OptimizerOptions,
} from '@deepbelief/training';
import { argumentError, checkNumber, checkOptionNames, checkValue, flag } from '@deepbelief/checks';
import { type Schedule } from '@deepbelief/rbm';
import type { Classifier } from './classifier.ts';
import { DROPOUT_RANGE } from './dropout.ts';

/** Options for fine-tuning a classifier by back-propagation. Plain data. */
export interface FineTuningOptions {
  /** Seed of shuffling and dropout. Default 0. */
  readonly seed?: number;
  /** Examples per minibatch. Default 100. */
  readonly batchSize?: number;
  /**
   * One link, such as `{ type: 'sgd', momentum: 0.5 }`, or a chain of them; the links are in
   * `@deepbelief/training`. Default Adam.
   */
  readonly optimizer?: OptimizerOptions;
  /** Step size. Default 0.001 for Adam, 0.1 for SGD. */
  readonly learningRate?: Schedule;
  /** Factor of the step size for each layer, the softmax last. Default 1 for all. */
  readonly layerRates?: readonly number[];
  /** λ in λ/2 ΣW² for each layer's weights. Default 0. */
  readonly weightDecay?: number;
  /** Largest Euclidean norm of a unit's incoming weights. Default none. */
  readonly maxNorm?: number;
  /**
   * Keeps zero weights at zero, so that each unit keeps its part of the inputs (`localFields`).
   * Default false.
   */
  readonly keepZeros?: boolean;
  /** Shares of the inputs and of each hidden layer's activations to drop. Default 0 for both. */
  readonly dropout?: { readonly inputs?: number; readonly hidden?: number };
  /**
   * Stops after `patience` epochs without a lower validation error and restores the best
   * parameters. Needs validation data.
   */
  readonly earlyStopping?: { readonly patience: number };
}

/** Fine-tuning options with the defaults filled in. */
export interface ResolvedFineTuningOptions {
  readonly seed: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerConfig;
  readonly learningRate: Schedule;
  readonly layerRates: readonly number[];
  readonly weightDecay: number;
  readonly maxNorm: number | undefined;
  readonly keepZeros: true | undefined;
  readonly dropout: { readonly inputs: number; readonly hidden: number };
  /** Epochs without a lower validation error before early stopping; none without it. */
  readonly patience: number | undefined;
}

/** Names of the options, because plain JavaScript may pass any. */
export const FINE_TUNING_NAMES: readonly (keyof FineTuningOptions)[] = [
  'seed',
  'batchSize',
  'optimizer',
  'learningRate',
  'layerRates',
  'weightDecay',
  'maxNorm',
  'keepZeros',
  'dropout',
  'earlyStopping',
];

/**
 * Fills in the defaults and checks every option.
 *
 * @throws RangeError that names the option, its value and what was expected; for an unknown option,
 *   the known ones
 */
export function resolveFineTuningOptions(
  { layers }: Pick<Classifier, 'layers'>,
  options: FineTuningOptions,
): ResolvedFineTuningOptions {
  const where = 'fine-tuning options';
  checkOptionNames(where, options, FINE_TUNING_NAMES);
  const parts = layers.length + 1;
  const { config: optimizer } = optimizerFromConfig(
    options.optimizer === undefined ? { type: 'adam' } : options.optimizer,
    `${where}, optimizer`,
  );
  const {
    seed = 0,
    batchSize = 100,
    learningRate = isAdam(optimizer) ? 0.001 : 0.1,
    layerRates = Array.from({ length: parts }, () => 1),
    weightDecay = 0,
    maxNorm,
    keepZeros = false,
    dropout = {},
    earlyStopping,
  } = options;
  checkOptionNames(`${where}, dropout`, dropout, ['inputs', 'hidden']);
  const { inputs = 0, hidden = 0 } = dropout;
  checkValue(where, 'keepZeros', keepZeros, flag);
  checkValue(where, 'layerRates', layerRates, {
    expected: 'a list of numbers',
    accepts: (given) => Array.isArray(given),
  });
  if (earlyStopping !== undefined) {
    checkOptionNames(`${where}, earlyStopping`, earlyStopping, ['patience']);
    checkNumber(where, 'earlyStopping.patience', earlyStopping.patience, { low: 1, whole: true });
  }
  const resolved: ResolvedFineTuningOptions = {
    seed,
    batchSize,
    optimizer,
    learningRate,
    layerRates,
    weightDecay,
    maxNorm,
    keepZeros: keepZeros || undefined,
    dropout: { inputs, hidden },
    patience: earlyStopping?.patience,
  };
  checkNumber(where, 'seed', resolved.seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkNumber(where, 'batchSize', resolved.batchSize, { low: 1, whole: true });
  checkSchedule(where, 'learningRate', resolved.learningRate, { low: 0, high: 1e30 });
  checkNumber(where, 'weightDecay', resolved.weightDecay, { low: 0 });
  if (resolved.maxNorm !== undefined)
    checkNumber(where, 'maxNorm', resolved.maxNorm, { low: Number.MIN_VALUE });
  checkNumber(where, 'dropout.inputs', resolved.dropout.inputs, DROPOUT_RANGE);
  checkNumber(where, 'dropout.hidden', resolved.dropout.hidden, DROPOUT_RANGE);
  if (resolved.layerRates.length !== parts) {
    throw argumentError(
      `${where}: layerRates has ${resolved.layerRates.length} values, expected ${parts}: one ` +
        'per layer and one for the softmax',
    );
  }
  resolved.layerRates.forEach((rate, i) =>
    checkNumber(where, `layerRates[${i}]`, rate, { low: 0 }),
  );
  return resolved;
}

/** Whether the rule is Adam, whose steps are as large as its rate. */
function isAdam(optimizer: OptimizerConfig): boolean {
  return [optimizer].flat().some((link) => link.type === 'adam');
}
