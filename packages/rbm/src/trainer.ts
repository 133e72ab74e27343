import {
  HealthCheck,
  InputCheck,
  type InputRule,
  checkEpochs,
  checkInput,
  checkMinibatches,
  checkPosition,
  checkState,
  scheduled,
  unitsRule,
} from '@deepbelief/training';
import { checkNumber } from '@deepbelief/checks';
import type { Dataset } from '@deepbelief/data';
import { denseStates, squaredDistance } from '@deepbelief/kernels';
import { atSite, atStep, foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import {
  add,
  dispose,
  keep,
  scalar,
  tidy,
  zerosLike,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { applyGradient } from './apply-gradient.ts';
import { hiddenLayer } from './conditionals.ts';
import { gradient } from './gradient.ts';
import { checkRbm, visibleStates } from './model-states.ts';
import {
  persistentContrastiveDivergence,
  startNegativePhase,
  type NegativePhase,
} from './negative-phase.ts';
import { parameterTensors, setParameter } from './parameters.ts';
import { checkRbmTensors, type Rbm } from './rbm.ts';
import { resolveTrainingOptions } from './resolve-training-options.ts';
import { RunningMeans } from './running-means.ts';
import { prefixed, trainerState, withPrefix } from './trainer-state.ts';
import type { ResolvedTrainingOptions, TrainingOptions } from './training-options.ts';
import type { EpochReport, TrainingPosition } from './training-position.ts';
import { divergenceCause } from './unbounded-types.ts';

/** Site of the numbers that the positive phase draws; the negative phase has those above. */
const POSITIVE_SITE = 0;

/**
 * Trains an RBM with contrastive divergence or persistent chains. It changes the RBM in place and
 * owns velocities, chains and running means: call `dispose` when done (the RBM stays).
 *
 * @example
 * const trainer = new RbmTrainer(rbm, { learningRate: 0.05 });
 * for await (const { epoch, reconstructionError } of trainer.epochs(data, 10)) console.log(epoch,
 * reconstructionError);
 */
export class RbmTrainer {
  readonly rbm: Rbm;
  readonly options: ResolvedTrainingOptions;
  readonly #key: RandomKey;
  readonly #velocities: Record<string, Tensor> = {};
  readonly #means: RunningMeans;
  readonly #health: HealthCheck;
  readonly #inputs = new InputCheck();
  readonly #rule: InputRule;
  #negativePhase: NegativePhase | undefined;
  #squaredError: Scalar;
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  /** @throws RangeError when an option is unknown, out of range or does not go with the RBM */
  constructor(rbm: Rbm, options: TrainingOptions = {}) {
    checkRbm('RbmTrainer', rbm);
    checkRbmTensors('RbmTrainer', rbm);
    this.rbm = rbm;
    this.options = resolveTrainingOptions(rbm, options);
    this.#rule = unitsRule(`training ${this.options.name}`, rbm.visible.units);
    this.#squaredError = scalar(0);
    this.#key = foldKey(randomKey(this.options.seed), 'training');
    this.#means = new RunningMeans(this.options);
    this.#health = new HealthCheck(
      {
        name: this.options.name,
        parameters: () => parameterTensors(rbm),
        state: () => this.state(),
        set: (name, value) => setParameter(rbm, name, value),
        likelyCause: () => divergenceCause(rbm),
      },
      this.options.explosionLimit,
    );
    for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
      this.#velocities[name] = zerosLike(tensor);
  }

  get position(): TrainingPosition {
    return this.#position;
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start of training, and reports
   * each. Broken off, it goes on from the same minibatch when called again.
   *
   * @param epochs a whole number, or Infinity to go on until the caller breaks off
   * @param onStep awaited after each step, so that it can write a checkpoint or let other work
   *   through
   * @throws RangeError when the data do not fit the RBM's visible units: see `step`
   * @throws DivergenceError when parameters are not finite or too large; the RBM is back at its
   *   last good state
   */
  async *epochs(
    data: Dataset,
    epochs: number,
    onStep?: (position: TrainingPosition) => void | Promise<void>,
  ): AsyncGenerator<EpochReport, void, undefined> {
    const { batchSize, checkEvery } = this.options;
    const { where } = this.#rule;
    checkEpochs(where, epochs);
    checkNumber(where, `the size of ${data.name}`, data.size, { low: 1, whole: true });
    const batchesInEpoch = Math.ceil(data.size / batchSize);
    await this.check();
    let isFirst = true;
    while (this.#position.epoch < epochs) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#key, 'shuffle'), epoch);
      for await (const batch of data.batches({ size: batchSize, key, start })) {
        const { batch: done } = this.#position;
        try {
          // On a GPU, where a step cannot look at its data: nothing is learned from data that never
          // fitted.
          if (isFirst) await this.#lookAt(batch.inputs);
          isFirst = false;
          this.step(batch.inputs, epoch + done / batchesInEpoch);
        } finally {
          batch.dispose();
        }
        this.#position = { ...this.#position, batch: done + 1 };
        if (this.#position.step % checkEvery === 0) await this.check();
        if (done + 1 < batchesInEpoch) await onStep?.(this.#position);
      }
      checkMinibatches(where, data.name, this.#position.batch, batchesInEpoch);
      await this.check();
      const report = await this.#closeEpoch(data.size);
      await onStep?.(this.#position);
      yield report;
    }
  }

  /**
   * One update from one minibatch.
   *
   * Data must be states of the visible units or means of them: within their range and finite. On
   * cpu and wasm other data are refused before anything is changed. On a GPU, where numbers cannot
   * be read at once, `check` finds them.
   *
   * @param visible data, shape [batch, visible]; not disposed
   * @param epoch epochs done, fractions counted, for the schedules
   * @throws RangeError when the data do not fit
   */
  step(visible: Tensor2D, epoch: number = this.#position.epoch): void {
    const { rbm, options } = this;
    const { where } = this.#rule;
    this.#checkInUse();
    checkNumber(where, 'epoch', epoch, { low: 0 });
    const key = atStep(this.#key, this.#position.step);
    tidy(() => {
      const data = visibleStates(where, rbm, visible, 'minibatch');
      this.#inputs.look(this.#rule, data);
      const negativePhase = (this.#negativePhase ??= startNegativePhase(options, data));
      const wanted = {
        mean: options.statistics === 'mean',
        sample: atSite(key, POSITIVE_SITE),
      } as const;
      const { mean, sample: hiddenSample } = denseStates(hiddenLayer(rbm), data, wanted);
      const hidden: Tensor2D = mean ?? hiddenSample;
      const chainSteps = Math.round(scheduled(options.negativePhase.steps, epoch));
      const model = negativePhase.advance(rbm, { visible: data, hiddenSample }, key, chainSteps);
      const positive = { visible: data, hidden };
      const ascent = this.#means.adjust(gradient(rbm, positive, model), positive);
      applyGradient(rbm, this.#velocities, ascent, options, epoch);
      if (options.negativePhase.type === 'cd') {
        this.#setSquaredError(keep(add(this.#squaredError, squaredDistance(data, model.visible))));
      }
    });
    this.#position = { ...this.#position, step: this.#position.step + 1 };
  }

  /**
   * Checks that all parameters are finite and below the explosion limit and that all else that a
   * checkpoint keeps is finite, and keeps the parameters as the last good state.
   *
   * @throws RangeError when the data since the last check did not fit (on a GPU), after putting the
   *   RBM back to the last good state
   * @throws DivergenceError when something is not finite or too large, after doing the same
   */
  async check(): Promise<void> {
    this.#checkInUse();
    await this.#health.check(this.#position.step, () => this.#inputs.settle());
  }

  /**
   * What a checkpoint must keep beside the RBM and the position, by name; the tensors stay the
   * trainer's own.
   */
  state(): Readonly<Record<string, Tensor>> {
    this.#checkInUse();
    return {
      squaredError: this.#squaredError,
      ...prefixed('velocity', this.#velocities),
      ...prefixed('mean', this.#means.tensors()),
      ...prefixed('chain', this.#negativePhase?.state() ?? {}),
    };
  }

  /**
   * Goes on from a position and state that a trainer with the same options had. Takes the tensors
   * over.
   *
   * The RBM must hold the parameters of that moment already.
   *
   * @throws RangeError when the position or a tensor is not what a trainer with these options has;
   *   nothing is taken then
   */
  restore(position: TrainingPosition, state: Readonly<Record<string, Tensor>>): void {
    this.#checkInUse();
    checkPosition('RbmTrainer.restore', position);
    checkState('RbmTrainer.restore', state, trainerState(this.rbm, this.options, position.step));
    const { step, epoch, batch } = position;
    this.#position = { step, epoch, batch };
    this.#setSquaredError(state['squaredError'] as Scalar);
    for (const [name, tensor] of withPrefix('velocity', state)) {
      this.#velocities[name]?.dispose();
      this.#velocities[name] = tensor;
    }
    for (const [name, tensor] of withPrefix('mean', state))
      this.#means.set(name, tensor as Tensor1D);
    for (const [, fantasy] of withPrefix('chain', state)) {
      this.#negativePhase?.dispose();
      this.#negativePhase = persistentContrastiveDivergence(this.options, fantasy as Tensor2D);
    }
  }

  dispose(): void {
    dispose(this.#velocities);
    this.#squaredError.dispose();
    this.#means.dispose();
    this.#negativePhase?.dispose();
    this.#health.dispose();
    this.#inputs.dispose();
  }

  #checkInUse(): void {
    if (!this.#squaredError.isDisposed) return;
    throw new RangeError(
      `${this.#rule.where}: the trainer is disposed, expected one that is still in use`,
    );
  }

  async #lookAt(inputs: Tensor2D): Promise<void> {
    tidy(() => void visibleStates(this.#rule.where, this.rbm, inputs, 'minibatch'));
    await checkInput(this.#rule, inputs);
  }

  async #closeEpoch(examples: number): Promise<EpochReport> {
    const { step, epoch } = this.#position;
    const [total] = await this.#squaredError.data();
    this.#setSquaredError(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    const reconstructionError =
      this.options.negativePhase.type === 'cd'
        ? total! / (examples * this.rbm.visible.size)
        : undefined;
    return { epoch: epoch + 1, step, reconstructionError };
  }

  #setSquaredError(value: Scalar): void {
    this.#squaredError.dispose();
    this.#squaredError = value;
  }
}
