import { checkNumber } from '@deepbelief/checks';
import { sumOverSharedBiases, type Side } from '@deepbelief/connections';
import type { Dataset, Minibatch } from '@deepbelief/data';
import { squaredDistance } from '@deepbelief/kernels';
import { foldKey, randomKey } from '@deepbelief/random';
import {
  checkInput,
  scheduled,
  TrainingRun,
  unitsRule,
  type InputRule,
  type Parameter,
  type StateShapes,
  type TrainingPosition,
} from '@deepbelief/training';
import { tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { layerStates } from './conditionals.ts';
import { positiveKey } from './draw-sites.ts';
import type { EpochReport } from './epoch-report.ts';
import { gradient, type Gradient } from './gradient.ts';
import { checkableStates } from './missing-values.ts';
import { knownStates, minibatchStates } from './minibatch-states.ts';
import { checkRbm } from './model-states.ts';
import type { FollowedGradient, NegativePhase, NegativePhaseKind } from './negative-phase.ts';
import { negativePhaseKind } from './negative-phase-kinds.ts';
import { rbmParameters } from './parameters.ts';
import { checkRbmTensors, type Rbm } from './rbm.ts';
import { rbmOptimizer } from './rbm-optimizer.ts';
import { resolveTrainingOptions } from './resolve-training-options.ts';
import { RunningMeans } from './running-means.ts';
import { laterShapes, prefixed, withPrefix } from './trainer-state.ts';
import type { ResolvedTrainingOptions, TrainingOptions } from './training-options.ts';
import { divergenceCause } from './unbounded-types.ts';

/**
 * Trains an RBM with contrastive divergence, persistent chains or another negative phase. It
 * changes the RBM in place and owns velocities, chains and running means: call `dispose` when done
 * (the RBM stays).
 *
 * @example
 * const trainer = new RbmTrainer(rbm, { learningRate: 0.05 });
 * for await (const { epoch, reconstructionError } of trainer.epochs(data, 10)) {
 *   console.log(epoch, reconstructionError);
 * }
 */
export class RbmTrainer {
  readonly rbm: Rbm;
  readonly options: ResolvedTrainingOptions;
  readonly #run: TrainingRun;
  readonly #kind: NegativePhaseKind;
  readonly #means: RunningMeans;
  readonly #rule: InputRule;
  #negativePhase: NegativePhase | undefined;

  /** @throws RangeError if an option is unknown, out of range or does not suit the RBM */
  constructor(rbm: Rbm, options: TrainingOptions = {}) {
    checkRbm('RbmTrainer', rbm);
    checkRbmTensors('RbmTrainer', rbm);
    this.rbm = rbm;
    this.options = resolveTrainingOptions(rbm, options);
    const { name, seed, batchSize, checkEvery, explosionLimit, negativePhase } = this.options;
    this.#rule = unitsRule(`training ${name}`, rbm.visible.units);
    this.#kind = negativePhaseKind('training options', negativePhase);
    this.#means = new RunningMeans(this.options);
    this.#run = new TrainingRun({
      where: this.#rule.where,
      model: name,
      key: foldKey(randomKey(seed), 'training'),
      batchSize,
      checkEvery,
      explosionLimit,
      parameters: () => rbmParameters(rbm),
      optimizer: (parameter) => rbmOptimizer(this.options, parameter),
      total: 'squaredError',
      memoryName: (part, parameter) => `${part}.${parameter}`,
      others: () => ({
        ...prefixed('mean', this.#means.tensors()),
        ...prefixed('chain', this.#negativePhase?.state() ?? {}),
      }),
      likelyCause: () => divergenceCause(rbm),
    });
  }

  get position(): TrainingPosition {
    return this.#run.position;
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start of training, and reports
   * each. If interrupted, the next call continues at the same minibatch.
   *
   * @param epochs a whole number, or Infinity to continue until the caller stops
   * @param onStep awaited after each step, so that it can write a checkpoint or yield to other work
   * @throws RangeError if the data do not fit the RBM's visible units: see `step`
   * @throws DivergenceError if parameters are not finite or too large; the RBM returns to its last
   *   good state
   */
  async *epochs(
    data: Dataset,
    epochs: number,
    onStep?: (position: TrainingPosition) => void | Promise<void>,
  ): AsyncGenerator<EpochReport, void, undefined> {
    const closed = this.#run.epochs(data, epochs, {
      // On a GPU, a step cannot check its data; this avoids training on data that never fitted.
      lookAtFirst: (batch) => this.#lookAt(batch),
      step: ({ inputs, observed }, epoch) => this.step(inputs, epoch, observed),
      onStep: () => onStep?.(this.position),
    });
    const values = data.size * this.rbm.visible.size;
    for await (const { epoch, step, total } of closed) {
      await onStep?.(this.position);
      const reconstructionError = this.#kind.reconstructs ? total / values : undefined;
      yield { epoch, step, reconstructionError };
    }
  }

  /**
   * Makes one update from one minibatch.
   *
   * Data must be states of the visible units or their means: finite and within range. On cpu and
   * wasm, other data are refused before anything changes. On a GPU, whose numbers cannot be read at
   * once, `check` finds them.
   *
   * @param visible data, shape [batch, visible]; not disposed
   * @param epoch epochs done, including fractions, for the schedules
   * @param observed 1 where a value of the data is known, 0 where it is missing, of the same shape;
   *   the option `missing` says what happens then. Without it, all are known
   * @throws RangeError if the data do not fit
   */
  step(visible: Tensor2D, epoch: number = this.position.epoch, observed?: Tensor2D): void {
    const { rbm, options } = this;
    const { where } = this.#rule;
    this.#run.checkInUse();
    checkNumber(where, 'epoch', epoch, { low: 0 });
    const at = { key: this.#run.stepKey, epoch };
    tidy(() => {
      const given = { visible, observed, key: at.key };
      const { data, present } = minibatchStates(where, rbm, given, options.missing, (states) =>
        this.#run.look(this.#rule, states),
      );
      const negativePhase = (this.#negativePhase ??= this.#kind.start(
        options.negativePhase,
        options,
        rbm,
        data,
      ));
      const wanted = {
        mean: options.statistics === 'mean',
        sample: positiveKey(at.key),
      } as const;
      const { mean, sample: hiddenSample } = layerStates(rbm, 'hidden', data, wanted);
      const half = { visible: data, hiddenSample, ...(present && { observed: present }) };
      const model = negativePhase.advance(rbm, half, at);
      const positive = { visible: data, hidden: mean ?? hiddenSample };
      const plain = gradient(rbm, positive, model);
      const ascent = this.#means.adjust(plain, positive, rbm.connection);
      const followed = asTheConnectionHasIt(rbm, ascent);
      this.#run.move(byParameter(rbm, ascent, followed), {
        epoch,
        sense: 'up',
        rate: (parameter) => this.#rate(parameter, epoch),
      });
      negativePhase.follow?.(followed, at);
      if (this.#kind.reconstructs) this.#run.addToTotal(squaredDistance(data, model.visible));
    });
  }

  /**
   * Checks that all parameters are finite and below the explosion limit and that everything else a
   * checkpoint keeps is finite, then keeps the parameters as the last good state.
   *
   * @throws RangeError if data since the last check did not fit (on a GPU), after restoring the
   *   RBM's last good state
   * @throws DivergenceError if something is not finite or too large, after doing the same
   */
  async check(): Promise<void> {
    await this.#run.check();
  }

  /**
   * What a checkpoint must keep besides the RBM and the position, by name. The trainer keeps owning
   * the tensors.
   */
  state(): Readonly<Record<string, Tensor>> {
    return this.#run.state();
  }

  /**
   * Returns names and shapes of the state at a position. Means and chains begin with the first
   * step.
   */
  shapes({ step }: TrainingPosition): StateShapes {
    return { ...this.#run.shapes(), ...laterShapes(this.rbm, this.options, step) };
  }

  /**
   * Restores the position and state of a trainer with the same options. Takes ownership of the
   * tensors.
   *
   * The RBM must already have the parameters of that moment.
   *
   * @throws RangeError if a trainer with these options cannot have the position or a tensor;
   *   nothing is taken then
   */
  restore(position: TrainingPosition, state: Readonly<Record<string, Tensor>>): void {
    const others = laterShapes(this.rbm, this.options, position.step);
    this.#run.restore('RbmTrainer.restore', position, state, others);
    for (const [name, tensor] of withPrefix('mean', state))
      this.#means.set(name, tensor as Tensor1D);
    if (position.step === 0) return;
    const chains = Object.fromEntries(withPrefix('chain', state));
    this.#negativePhase?.dispose();
    this.#negativePhase = this.#kind.restore(
      this.options.negativePhase,
      this.options,
      this.rbm,
      chains,
    );
  }

  dispose(): void {
    this.#run.dispose();
    this.#means.dispose();
    this.#negativePhase?.dispose();
  }

  /** Returns the rate of a parameter; a unit type's own parameters have a separate rate. */
  #rate({ kind }: Parameter, epoch: number): number {
    const { learningRate, parameterRate } = this.options;
    const rate = scheduled(learningRate, epoch);
    return kind === 'unit' ? rate * parameterRate : rate;
  }

  async #lookAt({ inputs, observed }: Minibatch): Promise<void> {
    const { where } = this.#rule;
    const data = tidy(() => {
      const known = knownStates(where, this.rbm, inputs, observed);
      if (known.mask === undefined) return known.data.clone();
      return checkableStates(this.rbm, known.data, known.mask);
    });
    try {
      await checkInput(this.#rule, data);
    } finally {
      data.dispose();
    }
  }
}

/** Returns weights in the connection's shape and biases shared as the connection shares them. */
function asTheConnectionHasIt({ connection }: Rbm, ascent: Gradient): FollowedGradient {
  return {
    weights: connection.product(ascent.weights.left, ascent.weights.right),
    visibleBias: sumOverSharedBiases(connection, 'visible', ascent.visibleBias),
    hiddenBias: sumOverSharedBiases(connection, 'hidden', ascent.hiddenBias),
  };
}

/**
 * Returns a gradient by parameter name. Units that share a bias also share their own parameters.
 */
function byParameter(
  { connection }: Rbm,
  { visibleParameters, hiddenParameters }: Gradient,
  { weights, visibleBias, hiddenBias }: FollowedGradient,
): Record<string, FollowedGradient['weights']> {
  const shared = (side: Side, own: Gradient['visibleParameters']): [string, Tensor1D][] =>
    Object.entries(own).map(([name, slope]) => [
      name,
      sumOverSharedBiases(connection, side, slope),
    ]);
  return {
    weights,
    'visible.bias': visibleBias,
    'hidden.bias': hiddenBias,
    ...prefixed('visible', Object.fromEntries(shared('visible', visibleParameters))),
    ...prefixed('hidden', Object.fromEntries(shared('hidden', hiddenParameters))),
  };
}
