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

/** Data that are read one minibatch at a time. */
export interface Minibatches<Batch extends { dispose(): void }> {
  readonly name: string;
  readonly size: number;
  batches(options: BatchOptions): AsyncIterable<Batch>;
}

/** What a run trains and how: everything that the loop needs to know about a model. */
export interface TrainingRunOptions {
  /** How errors begin, such as `training layer 1`. */
  readonly where: string;
  /** The model's name in divergence errors. */
  readonly model: string;
  /** The seed of all random numbers of the run. */
  readonly key: RandomKey;
  readonly batchSize: number;
  /** Steps between two checks that everything is finite and the parameters are not too large. */
  readonly checkEvery: number;
  /** Magnitude of a parameter above which the run counts as diverged. */
  readonly explosionLimit: number;
  /** The current parameters of the model; those that share a tensor count as one. */
  readonly parameters: () => readonly Parameter[];
  readonly optimizer: (parameter: Parameter) => Optimizer;
  /** The name in checkpoints of the sum over an epoch, such as `loss`. */
  readonly total: string;
  /** The name in checkpoints of what the optimizer remembers about a parameter. */
  readonly memoryName: (part: string, parameter: string) => string;
  /** Everything else that a checkpoint keeps, by name. Default: nothing. */
  readonly others?: () => Readonly<Record<string, Tensor>>;
  /** The likely cause if the run diverges, and the remedy. */
  readonly likelyCause: () => string;
}

/** What a caller of `TrainingRun.epochs` does with each epoch's minibatches. */
export interface EpochSteps<Batch> {
  /** Makes one update from a minibatch. */
  readonly step: (batch: Batch, epoch: number) => void;
  /** Awaited before the first step: checks the data if a step cannot. Default: nothing. */
  readonly lookAtFirst?: (batch: Batch) => Promise<void>;
  /** Awaited after each step; after an epoch's last step, only once the report has been made. */
  readonly onStep?: () => void | Promise<void>;
}

/** A finished epoch. */
export interface EpochTotal {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of training. */
  readonly step: number;
  /** The sum over the epoch's steps: see `addToTotal`. */
  readonly total: number;
}

/**
 * The training loop for any model: minibatches, positions, optimizers and their memory, checks, and
 * what a checkpoint must keep. A trainer is a model, a step, and one of these.
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

  /** The position of the run. */
  get position(): TrainingPosition {
    return this.#position;
  }

  /** The key of the next step's random numbers. */
  get stepKey(): RandomKey {
    return atStep(this.#options.key, this.#position.step);
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, and yields at the end of
   * each. If interrupted, the next call continues at the same minibatch. Between steps, timers,
   * frames and messages get their turn every 10 ms.
   *
   * @param epochs a whole number, or Infinity to continue until the caller stops
   * @throws RangeError if the data are empty or a minibatch does not fit
   * @throws DivergenceError if parameters are not finite or too large. They return to their last
   *   good state, but the optimizers' memory does not
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
        // For a GPU, where a step cannot check its data: it avoids training on data that never
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
   * Checks the numbers of a minibatch: immediately on cpu and wasm, at the next check on a GPU.
   *
   * @throws RangeError for a number that breaks the rule, or if the run is disposed
   */
  look(rule: InputRule, values: Tensor): void {
    this.checkInUse();
    this.#inputs.look(rule, values);
  }

  /**
   * Moves the parameters along their gradients and counts the step. Frozen parameters, and those
   * without a gradient, do not move.
   *
   * @param gradients by parameter name
   * @param at all of `Moment` except the step; the rate depends on the parameter
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

  /** Adds to the sum over the epoch. */
  addToTotal(value: Scalar): void {
    this.#setTotal(keep(add<Scalar>(this.#total, value)));
  }

  /**
   * Checks that everything a checkpoint keeps is finite and no parameter is too large, then keeps
   * the parameters as the last good state.
   *
   * @throws RangeError if data since the last check did not fit (on a GPU), after restoring that
   *   state
   * @throws DivergenceError if something is not finite or too large, after doing the same
   */
  async check(): Promise<void> {
    this.checkInUse();
    await this.#health.check(this.#position.step, () => this.#inputs.settle());
  }

  /** Throws a RangeError if the run is disposed. */
  checkInUse(): void {
    if (!this.#total.isDisposed) return;
    throw argumentError(
      `${this.#options.where}: the trainer is disposed, expected one that is still in use`,
    );
  }

  /**
   * What a checkpoint must keep besides the model and the position, by name. The run keeps owning
   * the tensors.
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

  /** Names and shapes of what the run itself keeps at any position. */
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
   * Restores the position and state of a run with the same options. Takes ownership of the tensors.
   *
   * @param others names and shapes of other tensors in the state, which the caller takes
   * @throws RangeError if a run with these options cannot have the position or a tensor; nothing is
   *   taken then
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
