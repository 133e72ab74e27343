import { argumentError, checkNumber } from '@deepbelief/checks';
import type { BatchOptions } from '@deepbelief/data';
import type { Factors } from '@deepbelief/kernels';
import { atStep, foldKey, type RandomKey } from '@deepbelief/random';
import { add, dispose, keep, scalar, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { readsAtOnce } from './check-finite.ts';
import { HealthCheck } from './health-check.ts';
import { InputCheck } from './input-check.ts';
import type { InputRule } from './input-rule.ts';
import type { Moment, Optimizer, OptimizerState } from './optimizer.ts';
import { tiedParameters, type Parameter } from './parameter.ts';
import {
  checkEpochs,
  checkMinibatches,
  checkPosition,
  checkState,
  type StateShapes,
} from './run-state.ts';
import type { TrainingPosition } from './training-position.ts';
import { Turns } from './turns.ts';

/** What is gone through a minibatch at a time. */
export interface Minibatches<Batch extends { dispose(): void }> {
  readonly name: string;
  readonly size: number;
  batches(options: BatchOptions): AsyncIterable<Batch>;
}

/** What a run trains and how: all that the loop has to know of a model. */
export interface TrainingRunOptions {
  /** How errors begin, such as `training layer 1`. */
  readonly where: string;
  /** What the model is called when it diverges. */
  readonly model: string;
  /** All random numbers of the run come from it. */
  readonly key: RandomKey;
  readonly batchSize: number;
  /** Steps between two checks that everything is finite and the parameters are small. */
  readonly checkEvery: number;
  /** Magnitude of a parameter above which the run counts as diverged. */
  readonly explosionLimit: number;
  /** All parameters of the model as they are now; those that share a tensor are one. */
  readonly parameters: () => readonly Parameter[];
  readonly optimizer: (parameter: Parameter) => Optimizer;
  /** What is summed over an epoch, such as `loss`: its name in checkpoints. */
  readonly total: string;
  /** The name in checkpoints of what the optimizer remembers of a parameter. */
  readonly memoryName: (part: string, parameter: string) => string;
  /** All else that a checkpoint keeps, by name. Default: nothing. */
  readonly others?: () => Readonly<Record<string, Tensor>>;
  /** What probably went wrong when the run diverges, and the remedy. */
  readonly likelyCause: () => string;
}

/** What a caller of `TrainingRun.epochs` gives for each epoch's minibatches. */
export interface EpochSteps<Batch> {
  /** Makes one update from a minibatch. */
  readonly step: (batch: Batch, epoch: number) => void;
  /** Awaited before the first step: looks at the data where a step cannot. Default: nothing. */
  readonly lookAtFirst?: (batch: Batch) => Promise<void>;
  /** Awaited after each step but an epoch's last, whose turn comes after the report is made. */
  readonly onStep?: () => void | Promise<void>;
}

/** An epoch that is over. */
export interface EpochTotal {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of training. */
  readonly step: number;
  /** The sum over the epoch's steps: see `addToTotal`. */
  readonly total: number;
}

/**
 * The loop of training, whatever the model: minibatches, positions, optimizers and what they
 * remember, checks, and what a checkpoint must keep. A trainer is a model, a step, and one of
 * these.
 */
export class TrainingRun {
  readonly #options: TrainingRunOptions;
  readonly #memory = new Map<string, { readonly optimizer: Optimizer; state: OptimizerState }>();
  readonly #health: HealthCheck;
  readonly #inputs = new InputCheck();
  #total: Scalar = scalar(0);
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  constructor(options: TrainingRunOptions) {
    this.#options = options;
    for (const parameter of this.#parameters()) {
      const optimizer = options.optimizer(parameter);
      const state = optimizer.start(parameter);
      this.#memory.set(parameter.name, { optimizer, state });
    }
    this.#health = new HealthCheck(
      {
        name: options.model,
        parameters: () =>
          Object.fromEntries(this.#parameters().map(({ name, value }) => [name, value])),
        state: () => this.state(),
        set: (name, value) => {
          this.#parameters().find((parameter) => parameter.name === name)!.value = value;
        },
        likelyCause: options.likelyCause,
      },
      options.explosionLimit,
    );
  }

  /** Where the run stands. */
  get position(): TrainingPosition {
    return this.#position;
  }

  /** The random numbers of the step that comes next. */
  get stepKey(): RandomKey {
    return atStep(this.#options.key, this.#position.step);
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, and yields at the end of
   * each. If interrupted, the next call continues at the same minibatch. Between steps, timers,
   * frames and messages have their turn every 10 ms.
   *
   * @param epochs a whole number, or Infinity to go on until the caller breaks off
   * @throws RangeError when the data are empty, or a minibatch does not fit
   * @throws DivergenceError when parameters are not finite or too large; they are back at their
   *   last good state, what the optimizers remember is not
   */
  async *epochs<Batch extends { dispose(): void }>(
    data: Minibatches<Batch>,
    epochs: number,
    { step, lookAtFirst, onStep }: EpochSteps<Batch>,
  ): AsyncGenerator<EpochTotal, void, undefined> {
    const { where, batchSize: size, checkEvery } = this.#options;
    checkEpochs(where, epochs);
    checkNumber(where, `the size of ${data.name}`, data.size, { low: 1, whole: true });
    const batchesInEpoch = Math.ceil(data.size / size);
    await this.check();
    const turns = new Turns();
    let isFirst = true;
    while (this.#position.epoch < epochs) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#options.key, 'shuffle'), epoch);
      for await (const batch of data.batches({ size, key, start })) {
        const done = this.#position.batch;
        try {
          if (isFirst) await lookAtFirst?.(batch);
          step(batch, epoch + done / batchesInEpoch);
        } finally {
          batch.dispose();
        }
        this.#position = { ...this.#position, batch: done + 1 };
        // On a GPU, where a step cannot look at its data: little is learned from data that never
        // fitted.
        const isDue = isFirst && lookAtFirst === undefined && !readsAtOnce();
        isFirst = false;
        if (isDue || this.#position.step % checkEvery === 0) await this.check();
        if (done + 1 < batchesInEpoch) await onStep?.();
        await turns.give();
      }
      checkMinibatches(where, data.name, this.#position.batch, batchesInEpoch);
      await this.check();
      yield await this.#closeEpoch();
    }
  }

  /**
   * Looks at the numbers of a minibatch: on cpu and wasm now, on a GPU at the next check.
   *
   * @throws RangeError for one that breaks the rule, or when the run is disposed
   */
  look(rule: InputRule, values: Tensor): void {
    this.checkInUse();
    this.#inputs.look(rule, values);
  }

  /**
   * Moves the parameters along their gradients and counts the step. Frozen parameters, and those
   * without a gradient, stay.
   *
   * @param gradients by the parameters' names
   * @param at all of `Moment` but the step; the rate by the parameter
   */
  move(
    gradients: Readonly<Record<string, Tensor | Factors | undefined>>,
    at: Pick<Moment, 'epoch' | 'sense'> & { readonly rate: (parameter: Parameter) => number },
  ): void {
    const { step } = this.#position;
    const { epoch, sense } = at;
    for (const parameter of this.#parameters()) {
      const gradient = gradients[parameter.name];
      if (gradient === undefined || parameter.frozen === true) continue;
      const memory = this.#memory.get(parameter.name)!;
      const moment = { step, epoch, sense, rate: at.rate(parameter) };
      memory.state = memory.optimizer.update(gradient, memory.state, parameter, moment);
    }
    this.#position = { ...this.#position, step: step + 1 };
  }

  /** Adds to what is summed over an epoch. */
  addToTotal(value: Scalar): void {
    this.#setTotal(keep(add<Scalar>(this.#total, value)));
  }

  /**
   * Checks that all parameters, and all else that a checkpoint keeps, are finite and no parameter
   * is too large, and keeps the parameters as the last good state.
   *
   * @throws RangeError when the data since the last check did not fit (on a GPU), after putting
   *   that state back
   * @throws DivergenceError when something is not finite or too large, after doing the same
   */
  async check(): Promise<void> {
    this.checkInUse();
    await this.#health.check(this.#position.step, () => this.#inputs.settle());
  }

  /** Throws a RangeError when the run is disposed. */
  checkInUse(): void {
    if (!this.#total.isDisposed) return;
    throw argumentError(
      `${this.#options.where}: the trainer is disposed, expected one that is still in use`,
    );
  }

  /**
   * What a checkpoint must keep beside the model and the position, by name; the tensors stay the
   * run's own.
   */
  state(): Readonly<Record<string, Tensor>> {
    this.checkInUse();
    const { total, memoryName, others } = this.#options;
    const state: Record<string, Tensor> = { [total]: this.#total };
    for (const [parameter, memory] of this.#memory) {
      for (const [part, tensor] of Object.entries(memory.state))
        state[memoryName(part, parameter)] = tensor;
    }
    return { ...state, ...others?.() };
  }

  /** Names and shapes of what the run itself keeps, whatever the position. */
  shapes(): StateShapes {
    const { total, memoryName } = this.#options;
    const shapes: Record<string, { shape: readonly number[] }> = { [total]: { shape: [] } };
    for (const [parameter, { state }] of this.#memory) {
      for (const [part, { shape }] of Object.entries(state))
        shapes[memoryName(part, parameter)] = { shape };
    }
    return shapes;
  }

  /**
   * Goes on from a position and state that a run with the same options had. Takes the tensors over.
   *
   * @param others names and shapes of what else is in the state, which the caller takes over
   * @throws RangeError when the position or a tensor is not what a run with these options has;
   *   nothing is taken then
   */
  restore(
    where: string,
    position: TrainingPosition,
    state: Readonly<Record<string, Tensor>>,
    others: StateShapes = {},
  ): void {
    this.checkInUse();
    checkPosition(where, position);
    checkState(where, state, { ...this.shapes(), ...others });
    const { step, epoch, batch } = position;
    this.#position = { step, epoch, batch };
    this.#setTotal(state[this.#options.total] as Scalar);
    for (const [parameter, memory] of this.#memory) {
      const names = Object.keys(memory.state);
      const next = names.map((part) => [part, state[this.#options.memoryName(part, parameter)]!]);
      dispose(memory.state);
      memory.state = Object.fromEntries(next) as OptimizerState;
    }
  }

  dispose(): void {
    for (const { state } of this.#memory.values()) dispose(state);
    this.#total.dispose();
    this.#health.dispose();
    this.#inputs.dispose();
  }

  #parameters(): readonly Parameter[] {
    return tiedParameters(this.#options.parameters());
  }

  async #closeEpoch(): Promise<EpochTotal> {
    const { step, epoch } = this.#position;
    const [total] = await this.#total.data();
    this.#setTotal(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    return { epoch: epoch + 1, step, total: total! };
  }

  #setTotal(value: Scalar): void {
    this.#total.dispose();
    this.#total = value;
  }
}
