import {
  checkSchedule,
  optimizerFromConfig,
  type OptimizerOptions,
  type Schedule,
} from '@deepbelief/training';
import {
  argumentError,
  checkNumber,
  checkOptionNames,
  checkValue,
  flag,
  oneOf,
  shown,
} from '@deepbelief/checks';
import { resolveMissing } from './missing-values.ts';
import {
  negativePhaseKind,
  type NegativePhaseOptions,
  type ResolvedNegativePhase,
} from './negative-phase-kinds.ts';
import type { Rbm } from './rbm.ts';
import type { ResolvedTrainingOptions, TrainingOptions } from './training-options.ts';

const where = 'training options';

/** Share of the last step to keep (Hinton 2010, section 9). */
const DEFAULT_MOMENTUM: Schedule = [
  [0, 0.5],
  [5, 0.9],
];

/** Names of the options, because plain JavaScript may pass any. */
const NAMES: readonly (keyof TrainingOptions)[] = [
  'name',
  'seed',
  'batchSize',
  'learningRate',
  'parameterRate',
  'momentum',
  'optimizer',
  'negativePhase',
  'reconstruction',
  'statistics',
  'missing',
  'weightDecay',
  'maxNorm',
  'keepZeros',
  'sparsity',
  'centering',
  'checkEvery',
  'explosionLimit',
];

/**
 * Fills in the defaults and checks every option against the RBM it is for.
 *
 * @throws RangeError that names the option, its value and what was expected; for an unknown option,
 *   the known ones
 */
export function resolveTrainingOptions(
  rbm: Pick<Rbm, 'visible' | 'zeroHiddenBias'>,
  options: TrainingOptions,
): ResolvedTrainingOptions {
  checkOptionNames(where, options, NAMES);
  const learnsParameters = Object.keys(rbm.visible.parameters).length > 0;
  const {
    name = 'the RBM',
    seed = 0,
    batchSize = 100,
    learningRate = 0.05,
    parameterRate = 0.1,
    momentum = DEFAULT_MOMENTUM,
    negativePhase,
    reconstruction = learnsParameters ? 'sample' : rbm.visible.units.reconstruction,
    statistics = 'mean',
    missing,
    weightDecay = {},
    maxNorm,
    keepZeros = false,
    sparsity,
    centering = false,
    checkEvery = 100,
    explosionLimit = 1000,
  } = options;
  if (typeof name !== 'string')
    throw argumentError(`${where}: name is ${shown(name)}, expected a text`);
  checkValue(where, 'keepZeros', keepZeros, flag);
  checkOptionNames(`${where}, weightDecay`, weightDecay, ['l1', 'l2']);
  const { l1 = 0, l2 = 0 } = weightDecay;
  const resolved: ResolvedTrainingOptions = {
    name,
    seed,
    batchSize,
    learningRate,
    parameterRate,
    momentum,
    optimizer: resolveOptimizer(options),
    negativePhase: resolveNegativePhase(negativePhase, batchSize),
    reconstruction,
    statistics,
    missing: missing === undefined ? undefined : resolveMissing(where, missing),
    l1,
    l2,
    maxNorm,
    keepZeros: keepZeros || undefined,
    sparsity: sparsity === undefined ? undefined : resolveSparsity(sparsity),
    centeringRate: resolveCentering(centering),
    checkEvery,
    explosionLimit,
  };
  checkRanges(resolved);
  if (resolved.centeringRate !== undefined && rbm.zeroHiddenBias) {
    throw argumentError(
      'training options: centering is on but the hidden biases are fixed at zero; the way back ' +
        'from a centered model moves them: leave out one of the two',
    );
  }
  if (learnsParameters && resolved.reconstruction === 'mean') {
    throw argumentError(
      'training options: reconstruction is mean but the visible units learn their σ; the ' +
        'spread of noise-free reconstructions says nothing about σ, which would run away: use ' +
        'sample',
    );
  }
  return resolved;
}

function resolveNegativePhase(
  given: NegativePhaseOptions = { type: 'cd' },
  batchSize: number,
): ResolvedNegativePhase {
  if (Object(given) !== given) {
    throw argumentError(
      `${where}, negativePhase: the options are ${shown(given)}, expected an object with type`,
    );
  }
  return negativePhaseKind(where, given).resolve(where, given, batchSize) as ResolvedNegativePhase;
}

function resolveOptimizer(options: TrainingOptions): OptimizerOptions | undefined {
  const { optimizer, momentum } = options;
  if (optimizer === undefined) return undefined;
  if (momentum !== undefined && momentum !== DEFAULT_MOMENTUM) {
    throw argumentError(
      `${where}: both momentum and optimizer are given, expected one: ` +
        "momentum is an option of sgd, optimizer: { type: 'sgd', momentum }",
    );
  }
  return optimizerFromConfig(optimizer, `${where}, optimizer`).config as OptimizerOptions;
}

function resolveSparsity(
  given: NonNullable<TrainingOptions['sparsity']>,
): ResolvedTrainingOptions['sparsity'] {
  checkOptionNames(`${where}, sparsity`, given, ['target', 'cost', 'decay']);
  const { decay = 0.95 } = given;
  // The order is that of checkpoints.
  return Object.assign({ decay }, given, { decay });
}

function resolveCentering(given: NonNullable<TrainingOptions['centering']>): number | undefined {
  if (given === false) return undefined;
  if (given === true) return 0.01;
  checkOptionNames(`${where}, centering`, given, ['rate']);
  const { rate = 0.01 } = given;
  return rate;
}

function checkRanges(options: ResolvedTrainingOptions): void {
  checkNumber(where, 'seed', options.seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkNumber(where, 'batchSize', options.batchSize, { low: 1, whole: true });
  checkSchedule(where, 'learningRate', options.learningRate, { low: 0, high: 1e30 });
  checkNumber(where, 'parameterRate', options.parameterRate, { low: 0 });
  checkSchedule(where, 'momentum', options.momentum, { low: 0, high: 1 });
  checkValue(where, 'reconstruction', options.reconstruction, oneOf(['mean', 'sample']));
  checkValue(where, 'statistics', options.statistics, oneOf(['mean', 'sample']));
  checkNumber(where, 'weightDecay.l1', options.l1, { low: 0 });
  checkNumber(where, 'weightDecay.l2', options.l2, { low: 0 });
  if (options.maxNorm !== undefined)
    checkNumber(where, 'maxNorm', options.maxNorm, { low: Number.MIN_VALUE });
  if (options.sparsity !== undefined) {
    checkNumber(where, 'sparsity.target', options.sparsity.target, {});
    checkNumber(where, 'sparsity.cost', options.sparsity.cost, { low: 0 });
    checkNumber(where, 'sparsity.decay', options.sparsity.decay, { low: 0, high: 1 });
  }
  if (options.centeringRate !== undefined) {
    checkNumber(where, 'centering.rate', options.centeringRate, { low: 0, high: 1 });
  }
  checkNumber(where, 'checkEvery', options.checkEvery, { low: 1, whole: true });
  checkNumber(where, 'explosionLimit', options.explosionLimit, { low: Number.MIN_VALUE });
}
