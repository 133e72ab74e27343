import type { Dataset } from '@deepbelief/data';
import { denseStates, squaredDistance } from '@deepbelief/kernels';
import { atSite, atStep, foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import {
  add,
  dispose,
  gather,
  keep,
  scalar,
  tensor1d,
  tidy,
  zerosLike,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { applyGradient } from './apply-gradient.ts';
import { checkStates } from './check-states.ts';
import { hiddenLayer } from './conditionals.ts';
import { gradient } from './gradient.ts';
import { HealthCheck } from './health-check.ts';
import { contrastiveDivergence, persistentContrastiveDivergence, type NegativePhase } from './negative-phase.ts';
import { parameterTensors, setParameter } from './parameters.ts';
import type { Rbm } from './rbm.ts';
import { RunningMeans } from './running-means.ts';
import { scheduled } from './schedule.ts';
import { resolveTrainingOptions, type ResolvedTrainingOptions, type TrainingOptions } from './training-options.ts';

/** What an epoch came to. */
export interface EpochReport {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of training. */
  readonly step: number;
  /** Mean squared difference, a value, of data and the end of their CD chains; none for persistent chains. */
  readonly reconstructionError: number | undefined;
}

/** Where a run stands: what a checkpoint keeps beside tensors. */
export interface TrainingPosition {
  /** Steps done since the start of training. */
  readonly step: number;
  /** Epochs done. */
  readonly epoch: number;
  /** Minibatches taken of the epoch under way. */
  readonly batch: number;
}

/** Site of the numbers that the positive phase draws; the negative phase has those above. */
const POSITIVE_SITE = 0;

/**
 * Trains an RBM with contrastive divergence or persistent chains. It changes the RBM in place and owns velocities,
 * chains and running means: call `dispose` when done (the RBM stays).
 *
 * @example
 * const trainer = new RbmTrainer(rbm, { learningRate: 0.05 });
 * for await (const { epoch, reconstructionError } of trainer.epochs(data, 10)) console.log(epoch, reconstructionError);
 */
export class RbmTrainer {
  readonly rbm: Rbm;
  readonly options: ResolvedTrainingOptions;
  readonly #key: RandomKey;
  readonly #velocities: Record<string, Tensor> = {};
  readonly #means: RunningMeans;
  readonly #health: HealthCheck;
  #negativePhase: NegativePhase | undefined;
  #squaredError: Scalar;
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  /** @throws RangeError when an option is out of range or does not go with the RBM */
  constructor(rbm: Rbm, options: TrainingOptions = {}) {
    this.rbm = rbm;
    this.options = resolveTrainingOptions(rbm, options);
    this.#squaredError = scalar(0);
    this.#key = foldKey(randomKey(this.options.seed), 'training');
    this.#means = new RunningMeans(this.options);
    this.#health = new HealthCheck(
      {
        name: this.options.name,
        parameters: () => parameterTensors(rbm),
        set: (name, value) => setParameter(rbm, name, value),
        likelyCause: () => likelyCause(rbm),
      },
      this.options.explosionLimit,
    );
    for (const [name, tensor] of Object.entries(parameterTensors(rbm))) this.#velocities[name] = zerosLike(tensor);
  }

  get position(): TrainingPosition {
    return this.#position;
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start of training, and reports each. Broken off,
   * it goes on from the same minibatch when called again.
   *
   * @param onStep awaited after each step, so that it can write a checkpoint or let other work through
   * @throws DivergenceError when parameters are not finite or too large; the RBM is back at its last good state
   */
  async *epochs(
    data: Dataset,
    epochs: number,
    onStep?: (position: TrainingPosition) => void | Promise<void>,
  ): AsyncGenerator<EpochReport, void, undefined> {
    const { batchSize, checkEvery } = this.options;
    const batchesInEpoch = Math.ceil(data.size / batchSize);
    await this.check();
    while (this.#position.epoch < epochs) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#key, 'shuffle'), epoch);
      for await (const batch of data.batches({ size: batchSize, key, start })) {
        const { batch: done } = this.#position;
        try {
          this.step(batch.inputs, epoch + done / batchesInEpoch);
        } finally {
          batch.dispose();
        }
        this.#position = { ...this.#position, batch: done + 1 };
        if (this.#position.step % checkEvery === 0) await this.check();
        if (done + 1 < batchesInEpoch) await onStep?.(this.#position);
      }
      await this.check();
      const report = await this.#closeEpoch(data.size);
      await onStep?.(this.#position);
      yield report;
    }
  }

  /**
   * One update from one minibatch.
   *
   * @param visible data, shape [batch, visible]; not disposed
   * @param epoch epochs done, fractions counted, for the schedules
   */
  step(visible: Tensor2D, epoch: number = this.#position.epoch): void {
    const { rbm, options } = this;
    checkStates(`training ${options.name}`, 'minibatch', visible, rbm.visible.size);
    const key = atStep(this.#key, this.#position.step);
    const negativePhase = (this.#negativePhase ??= this.#startNegativePhase(visible));
    tidy(() => {
      const wanted = { mean: options.statistics === 'mean', sample: atSite(key, POSITIVE_SITE) } as const;
      const { mean, sample: hiddenSample } = denseStates(hiddenLayer(rbm), visible, wanted);
      const hidden: Tensor2D = mean ?? hiddenSample;
      const chainSteps = Math.round(scheduled(options.negativePhase.steps, epoch));
      const model = negativePhase.advance(rbm, { visible, hiddenSample }, key, chainSteps);
      const ascent = this.#means.adjust(gradient(rbm, { visible, hidden }, model), { visible, hidden });
      applyGradient(rbm, this.#velocities, ascent, options, epoch);
      if (options.negativePhase.type === 'cd') {
        this.#setSquaredError(keep(add(this.#squaredError, squaredDistance(visible, model.visible))));
      }
    });
    this.#position = { ...this.#position, step: this.#position.step + 1 };
  }

  /**
   * Checks that all parameters are finite and below the explosion limit, and keeps them as the last good state.
   *
   * @throws DivergenceError when not, after putting the RBM back to the last good state
   */
  async check(): Promise<void> {
    await this.#health.check(this.#position.step);
  }

  /** What a checkpoint must keep beside the RBM and the position, by name; the tensors stay the trainer's own. */
  state(): Readonly<Record<string, Tensor>> {
    return {
      squaredError: this.#squaredError,
      ...prefixed('velocity', this.#velocities),
      ...prefixed('mean', this.#means.tensors()),
      ...prefixed('chain', this.#negativePhase?.state() ?? {}),
    };
  }

  /**
   * Goes on from a position and state that a trainer with the same options had. Takes the tensors over.
   *
   * @param rbm must hold the parameters of that moment already
   */
  restore(position: TrainingPosition, state: Readonly<Record<string, Tensor>>): void {
    this.#position = position;
    for (const [name, tensor] of Object.entries(state)) {
      const [kind, rest] = [name.split('.', 1)[0]!, name.slice(name.indexOf('.') + 1)];
      if (kind === 'squaredError') this.#setSquaredError(tensor as Scalar);
      else if (kind === 'mean') this.#means.set(rest, tensor as Tensor1D);
      else if (kind === 'velocity') {
        this.#velocities[rest]?.dispose();
        this.#velocities[rest] = tensor;
      } else if (kind === 'chain') {
        this.#negativePhase?.dispose();
        this.#negativePhase = persistentContrastiveDivergence(this.options, tensor as Tensor2D);
      } else throw new RangeError(`RbmTrainer.restore: no state is called ${name}`);
    }
  }

  dispose(): void {
    dispose(this.#velocities);
    this.#squaredError.dispose();
    this.#means.dispose();
    this.#negativePhase?.dispose();
    this.#health.dispose();
  }

  /** Persistent chains start at the first minibatch's examples, in turn. */
  #startNegativePhase(visible: Tensor2D): NegativePhase {
    const { type, chains } = this.options.negativePhase;
    if (type === 'cd') return contrastiveDivergence(this.options);
    const turn = Int32Array.from({ length: chains }, (_, i) => i % visible.shape[0]);
    const particles = tidy(() => gather(visible, tensor1d(turn, 'int32')));
    return persistentContrastiveDivergence(this.options, particles);
  }

  async #closeEpoch(examples: number): Promise<EpochReport> {
    const { step, epoch } = this.#position;
    const [total] = await this.#squaredError.data();
    this.#setSquaredError(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    const reconstructionError =
      this.options.negativePhase.type === 'cd' ? total! / (examples * this.rbm.visible.size) : undefined;
    return { epoch: epoch + 1, step, reconstructionError };
  }

  #setSquaredError(value: Scalar): void {
    this.#squaredError.dispose();
    this.#squaredError = value;
  }
}

function prefixed(prefix: string, tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}.${name}`, tensor]));
}

function likelyCause(rbm: Rbm): string {
  const unbounded = [rbm.visible, rbm.hidden]
    .map((layer) => layer.units.type)
    .filter((type) => type !== 'binary' && type !== 'softmax' && type !== 'spin');
  return unbounded.length > 0
    ? `a learning rate too high for ${unbounded.join(' and ')} units, whose states have no upper bound ` +
        '(try a tenth of it, and standardised data)'
    : 'a learning rate or momentum too high (try a tenth of the rate)';
}
