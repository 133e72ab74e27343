import type { PartConfig, UnitsConfig } from '@deepbelief/units';
import { type Layer, type Rbm } from '../../src/index.ts';
import { parameterTensors } from '../../src/internal.ts';

/**
 * A state of a layer with the logarithm of what its exponential is multiplied by in a sum over
 * states.
 */
interface WeighedState {
  readonly state: readonly number[];
  /** Logarithm of the quadrature weight; 0 where states are summed. */
  readonly logFactor: number;
}

/**
 * An RBM's parameters as float64 numbers, for sums over all states that share no code with the
 * package.
 */
export interface ReferenceModel {
  readonly visible: UnitsConfig;
  readonly hidden: UnitsConfig;
  readonly visibleBias: number[];
  readonly hiddenBias: number[];
  /** [visible][hidden]. */
  readonly weights: number[][];
  /** Of the visible units; zeros where they have none. */
  readonly logPrecision: number[];
}

/** A pair of states and its probability (times the quadrature weight). */
export interface JointProbability {
  readonly visible: readonly number[];
  readonly hidden: readonly number[];
  readonly probability: number;
}

export function referenceModel(rbm: Rbm): ReferenceModel {
  const tensors = parameterTensors(rbm);
  const values = (name: string): number[] => [...tensors[name]!.dataSync()];
  const weights = values('weights');
  const width = rbm.hidden.size;
  return {
    visible: rbm.visible.units.config,
    hidden: rbm.hidden.units.config,
    visibleBias: values('visible.bias'),
    hiddenBias: values('hidden.bias'),
    weights: Array.from({ length: rbm.visible.size }, (_, i) =>
      weights.slice(i * width, (i + 1) * width),
    ),
    logPrecision: logPrecisions(rbm.visible, values),
  };
}

function logPrecisions(layer: Layer, values: (name: string) => number[]): number[] {
  if (layer.parameters.logPrecision !== undefined) return values('visible.logPrecision');
  return unitConfigs(layer.units.config, layer.size).map(
    ({ sigma = 1 }) => -2 * Math.log(Number(sigma)),
  );
}

/** The type of each unit of a layer, one by one. */
function unitConfigs(config: UnitsConfig, size: number): UnitsConfig[] {
  if (config.type !== 'mixed') return Array.from({ length: size }, () => config);
  return (config['parts'] as readonly PartConfig[]).flatMap((part) =>
    unitConfigs(part.units, part.size),
  );
}

/** E(v, h) from its definition. */
export function referenceEnergy(
  model: ReferenceModel,
  visible: readonly number[],
  hidden: readonly number[],
): number {
  let energy = 0;
  const visibles = unitConfigs(model.visible, visible.length);
  const hiddens = unitConfigs(model.hidden, hidden.length);
  visible.forEach((v, i) => {
    energy += unitEnergy(visibles[i]!, v, model.logPrecision[i]!) - model.visibleBias[i]! * v;
    hidden.forEach((h, j) => (energy -= v * model.weights[i]![j]! * h));
  });
  hidden.forEach(
    (h, j) =>
      (energy += unitEnergy(hiddens[j]!, h, hiddenLogPrecision(model)) - model.hiddenBias[j]! * h),
  );
  return energy;
}

/** F(v) = −log Σ_h exp(−E(v, h)), the sum over all joint hidden states. */
export function referenceFreeEnergy(model: ReferenceModel, visible: readonly number[]): number {
  const terms = hiddenStates(model).map(
    ({ state, logFactor }) => logFactor - referenceEnergy(model, visible, state),
  );
  return -logSumExp(terms);
}

/** F(h) = −log Σ_v exp(−E(v, h)). */
export function referenceHiddenFreeEnergy(
  model: ReferenceModel,
  hidden: readonly number[],
): number {
  const terms = visibleStates(model).map(
    ({ state, logFactor }) => logFactor - referenceEnergy(model, state, hidden),
  );
  return -logSumExp(terms);
}

/** All pairs of states with their probabilities. */
export function jointProbabilities(model: ReferenceModel): JointProbability[] {
  const hiddens = hiddenStates(model);
  const pairs = visibleStates(model).flatMap((v) =>
    hiddens.map((h) => ({
      visible: v.state,
      hidden: h.state,
      log: v.logFactor + h.logFactor - referenceEnergy(model, v.state, h.state),
    })),
  );
  const logZ = logSumExp(pairs.map(({ log }) => log));
  return pairs.map(({ visible, hidden, log }) => ({
    visible,
    hidden,
    probability: Math.exp(log - logZ),
  }));
}

/** The visible states with their probabilities. */
export function visibleProbabilities(
  model: ReferenceModel,
): { state: readonly number[]; probability: number }[] {
  const states = visibleStates(model);
  const logs = states.map(({ state, logFactor }) => logFactor - referenceFreeEnergy(model, state));
  const logZ = logSumExp(logs);
  return states.map(({ state }, i) => ({ state, probability: Math.exp(logs[i]! - logZ) }));
}

/** log Z by the sum over all visible states. */
export function referenceLogPartition(model: ReferenceModel): number {
  return logSumExp(
    visibleStates(model).map(
      ({ state, logFactor }) => logFactor - referenceFreeEnergy(model, state),
    ),
  );
}

/** Mean of log P(v) over rows of data. */
export function meanLogLikelihood(
  model: ReferenceModel,
  data: readonly (readonly number[])[],
): number {
  const total = data.reduce((sum, row) => sum - referenceFreeEnergy(model, row), 0);
  return total / data.length - referenceLogPartition(model);
}

export function visibleStates(model: ReferenceModel): WeighedState[] {
  return layerStates(model.visible, model.logPrecision);
}

export function hiddenStates(model: ReferenceModel): WeighedState[] {
  return layerStates(
    model.hidden,
    model.hiddenBias.map(() => hiddenLogPrecision(model)),
  );
}

function hiddenLogPrecision({ hidden }: ReferenceModel): number {
  return -2 * Math.log(Number(hidden['sigma'] ?? 1));
}

/** All states of a layer: the product of its units' states, or of its softmax groups'. */
function layerStates(config: UnitsConfig, logPrecision: readonly number[]): WeighedState[] {
  const size = logPrecision.length;
  const configs = unitConfigs(config, size);
  const widthOf = ({ type, groupSize }: UnitsConfig): number =>
    type === 'softmax' ? Number(groupSize) : 1;
  let states: WeighedState[] = [{ state: [], logFactor: 0 }];
  for (let i = 0; i < size; i += widthOf(configs[i]!)) {
    const one = configs[i]!;
    const parts =
      one.type === 'softmax' ? groupStates(widthOf(one)) : unitStates(one, logPrecision[i]!);
    states = states.flatMap((left) =>
      parts.map((right) => ({
        state: [...left.state, ...right.state],
        logFactor: left.logFactor + right.logFactor,
      })),
    );
  }
  return states;
}

function groupStates(width: number): WeighedState[] {
  return Array.from({ length: width }, (_, k) => ({
    state: Array.from({ length: width }, (__, i) => (i === k ? 1 : 0)),
    logFactor: 0,
  }));
}

function unitStates(config: UnitsConfig, logPrecision: number): WeighedState[] {
  const sum = (states: readonly number[]): WeighedState[] =>
    states.map((s) => ({ state: [s], logFactor: 0 }));
  const counts = (most: number): number[] => Array.from({ length: most + 1 }, (_, s) => s);
  switch (config.type) {
    case 'binary':
      return sum([0, 1]);
    case 'spin':
      return sum([-1, 1]);
    case 'binomial':
      return sum(counts(Number(config['copies'])));
    case 'ordinal':
      return sum(counts(Number(config['levels']) - 1));
    case 'poisson':
      return sum(counts(Number(config['most'])));
    case 'stepped-sigmoid':
      return sum(counts(Number(config['copies'] ?? 25)));
    case 'gaussian': {
      // The trapezoidal rule, which converges faster than any power of the step for such
      // integrands.
      const step = 0.25 * Math.exp(-logPrecision / 2);
      return Array.from({ length: 97 }, (_, i) => ({
        state: [(i - 48) * step],
        logFactor: Math.log(step),
      }));
    }
    case 'relu': {
      // Simpson's rule from 0 on, where the density begins with a step.
      const [intervals, width] = [400, 12 / 400];
      return counts(intervals).map((i) => {
        const factor = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
        return { state: [i * width], logFactor: Math.log((factor * width) / 3) };
      });
    }
    default:
      throw new Error(`no states are known of ${config.type} units`);
  }
}

/** E(s) of one unit, from the definition of its type. */
function unitEnergy(config: UnitsConfig, state: number, logPrecision: number): number {
  switch (config.type) {
    case 'binomial':
      return -logChoose(Number(config['copies']), state);
    case 'stepped-sigmoid':
      return config['copies'] === undefined
        ? endlessStepsEnergy(state)
        : stepsEnergy(Number(config['copies']), state);
    case 'poisson': {
      let energy = 0;
      for (let i = 2; i <= state; i++) energy += Math.log(i);
      return energy;
    }
    case 'gaussian':
      return (Math.exp(logPrecision) * state * state) / 2;
    case 'relu':
      return (state * state) / 2;
    default:
      return 0;
  }
}

function logChoose(n: number, k: number): number {
  let value = 0;
  for (let i = 1; i <= k; i++) value += Math.log((n - k + i) / i);
  return value;
}

/** −log of the weight of a count: the coefficient of t^s in Π (1 + t e^{½ − i}) over the copies. */
function stepsEnergy(copies: number, state: number): number {
  let coefficients = [1];
  for (let i = 1; i <= copies; i++) {
    const odds = Math.exp(0.5 - i);
    coefficients = Array.from(
      { length: i + 1 },
      (_, k) => (coefficients[k] ?? 0) + odds * (coefficients[k - 1] ?? 0),
    );
  }
  return -Math.log(coefficients[state]!);
}

/** The same for endlessly many copies, Euler's product: s²/2 + Σ_{i ≤ s} log(1 − e^{−i}). */
function endlessStepsEnergy(state: number): number {
  let energy = (state * state) / 2;
  for (let i = 1; i <= state; i++) energy += Math.log1p(-Math.exp(-i));
  return energy;
}

export function logSumExp(terms: readonly number[]): number {
  const highest = terms.reduce((a, b) => Math.max(a, b), -Infinity);
  return highest + Math.log(terms.reduce((total, term) => total + Math.exp(term - highest), 0));
}
