import {
  HealthCheck,
  InputCheck,
  type InputRule,
  type StateShapes,
  checkEpochs,
  checkMinibatches,
  checkPosition,
  checkState,
  readsAtOnce,
} from '@deepbelief/training';
import { checkNumber } from '@deepbelief/checks';
import { type TrainingPosition } from '@deepbelief/rbm';
import { atStep, foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import {
  add,
  dispose,
  keep,
  mul,
  scalar,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkInUse } from './check-layers.ts';
import { dropout } from './dropout.ts';
import type { ResolvedFineTuningOptions } from './fine-tuning-options.ts';
import { layerOfParameter } from './layer-parameters.ts';
import { moveParameter } from './move-parameter.ts';
import { createOptimizer, type Optimizer } from './optimizer.ts';
import { parameterGradients } from './parameter-gradients.ts';
import type { ClosedEpoch, Minibatches, TunedNet } from './tuned-net.ts';

/** Magnitude of a parameter above which fine-tuning counts as diverged. */
const EXPLOSION_LIMIT = 1000;
/** Steps between two looks at the parameters. */
const CHECK_EVERY = 100;
/** How errors begin. */
const WHERE = 'fine-tuning';

/**
 * The loop of fine-tuning by back-propagation, whatever the loss: what classifiers and Siamese nets
 * have in common. It owns the optimizer's memory.
 */
export class FineTuner {
  readonly #net: TunedNet;
  readonly #options: Omit<ResolvedFineTuningOptions, 'patience'>;
  readonly #key: RandomKey;
  readonly #optimizer: Optimizer;
  readonly #memory: Record<string, Readonly<Record<string, Tensor>>> = {};
  readonly #health: HealthCheck;
  readonly #inputs = new InputCheck();
  #loss: Scalar;
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  /** @param stream names the random numbers of its shuffles and dropout */
  constructor(net: TunedNet, options: Omit<ResolvedFineTuningOptions, 'patience'>, stream: string) {
    checkInUse(WHERE, net.name, Object.values(net.parameters()));
    this.#net = net;
    this.#options = options;
    this.#loss = scalar(0);
    this.#key = foldKey(randomKey(options.seed), stream);
    this.#optimizer = createOptimizer(options.optimizer);
    for (const [name, parameter] of Object.entries(net.parameters())) {
      this.#memory[name] = this.#optimizer.start(parameter);
    }
    const likelyCause = (): string => 'a learning rate too high (try a tenth of it)';
    this.#health = new HealthCheck(
      {
        name: net.name,
        parameters: () => net.parameters(),
        state: () => this.state(),
        set: (name, value) => net.set(name, value),
        likelyCause,
      },
      EXPLOSION_LIMIT,
    );
  }

  get position(): TrainingPosition {
    return { ...this.#position };
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, and yields at the end of
   * each. Broken off, it goes on from the same minibatch when called again.
   *
   * @param epochs a whole number, or Infinity to go on until the caller breaks off
   * @param step makes one update from a minibatch, by `this.step`
   * @param onStep awaited after each step but an epoch's last, whose turn comes when the epoch has
   *   been looked at
   * @throws RangeError when a minibatch does not fit: see `look`
   * @throws DivergenceError when parameters are not finite or too large; they are back at their
   *   last good state, the optimizer's memory is not
   */
  async *epochs<Batch extends { dispose(): void }>(
    training: Minibatches<Batch>,
    epochs: number,
    step: (batch: Batch, epoch: number) => void,
    onStep: () => void | Promise<void>,
  ): AsyncGenerator<ClosedEpoch, void, undefined> {
    const size = this.#options.batchSize;
    checkEpochs(WHERE, epochs);
    checkNumber(WHERE, `the size of ${training.name}`, training.size, { low: 1, whole: true });
    const batchesInEpoch = Math.ceil(training.size / size);
    await this.check();
    // On a GPU, where a step cannot look at its data: little is learned from data that never
    // fitted.
    let dueAtOnce = !readsAtOnce();
    while (this.#position.epoch < epochs) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#key, 'shuffle'), epoch);
      for await (const batch of training.batches({ size, key, start })) {
        const done = this.#position.batch;
        try {
          step(batch, epoch + done / batchesInEpoch);
        } finally {
          batch.dispose();
        }
        this.#position = { ...this.#position, batch: done + 1 };
        if (dueAtOnce || this.#position.step % CHECK_EVERY === 0) await this.check();
        dueAtOnce = false;
        if (done + 1 < batchesInEpoch) await onStep();
      }
      checkMinibatches(WHERE, training.name, this.#position.batch, batchesInEpoch);
      await this.check();
      yield await this.#closeEpoch(training.size);
    }
  }

  /**
   * Looks at the numbers of a minibatch: on cpu and wasm now, on a GPU at the next check.
   *
   * @throws RangeError for one that breaks the rule, or when the trainer is disposed
   */
  look(rule: InputRule, values: Tensor): void {
    this.#checkInUse();
    this.#inputs.look(rule, values);
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
    this.#checkInUse();
    await this.#health.check(this.#position.step, () => this.#inputs.settle());
  }

  /**
   * One update down the gradient of a loss.
   *
   * @param loss mean over the minibatch, given what drops units between layers
   * @param examples how many the minibatch has
   * @param epoch epochs done, fractions counted, for the schedule
   */
  step(
    loss: (drop: (states: Tensor2D, layer: number) => Tensor2D) => Scalar,
    examples: number,
    epoch: number,
  ): void {
    this.#checkInUse();
    checkNumber(WHERE, 'epoch', epoch, { low: 0 });
    const rates = this.#options.dropout;
    const key = atStep(this.#key, this.#position.step);
    const drop = (states: Tensor2D, layer: number): Tensor2D =>
      dropout(states, layer === 0 ? rates.inputs : rates.hidden, key, layer);
    tidy(() => {
      const parameters = this.#net.parameters();
      const biases = this.#net.layers.map(({ bias }) => bias);
      const { value, gradients } = parameterGradients(() => loss(drop), parameters, biases);
      try {
        for (const [name, gradient] of Object.entries(gradients)) {
          const parameter = {
            name,
            value: parameters[name]!,
            layer: layerOfParameter(this.#net.layers, name),
          };
          const at = { epoch, step: this.#position.step };
          const moved = moveParameter(
            this.#optimizer,
            this.#options,
            parameter,
            this.#memory[name]!,
            gradient,
            at,
          );
          this.#net.set(name, moved.parameter);
          this.#memory[name] = moved.memory;
          dispose(gradient);
        }
      } finally {
        // Those of an update that was refused; the others are disposed of already.
        for (const gradient of Object.values(gradients)) dispose(gradient);
      }
      this.#setLoss(keep(add<Scalar>(this.#loss, mul(value, examples))));
    });
    this.#position = { ...this.#position, step: this.#position.step + 1 };
  }

  /**
   * What a checkpoint must keep beside the net and the position, by name; the tensors stay its own.
   */
  state(): Record<string, Tensor> {
    this.#checkInUse();
    const state: Record<string, Tensor> = { loss: this.#loss };
    for (const [name, memory] of Object.entries(this.#memory)) {
      for (const [part, tensor] of Object.entries(memory)) state[`${part}/${name}`] = tensor;
    }
    return state;
  }

  /**
   * Goes on from a position and state that one with the same options had. Takes the tensors over.
   *
   * @param others shapes of what else is in the state, which its owner takes over
   * @throws RangeError when the position or a tensor is not what a trainer with these options has;
   *   nothing is taken then
   */
  restore(
    { step, epoch, batch }: TrainingPosition,
    state: Readonly<Record<string, Tensor>>,
    others: StateShapes = {},
  ): void {
    checkPosition(`${WHERE}, restore`, { step, epoch, batch });
    checkState(`${WHERE}, restore`, state, { ...this.state(), ...others });
    this.#position = { step, epoch, batch };
    for (const [name, tensor] of Object.entries(state)) {
      if (Object.hasOwn(others, name)) continue;
      const [part, parameter] = name.split('/') as [string, string];
      if (part === 'loss') {
        this.#setLoss(tensor as Scalar);
        continue;
      }
      this.#memory[parameter]?.[part]?.dispose();
      this.#memory[parameter] = { ...this.#memory[parameter], [part]: tensor };
    }
  }

  dispose(): void {
    for (const memory of Object.values(this.#memory)) dispose(memory);
    this.#loss.dispose();
    this.#health.dispose();
    this.#inputs.dispose();
  }

  #checkInUse(): void {
    if (!this.#loss.isDisposed) return;
    throw new RangeError(`${WHERE}: the trainer is disposed, expected one that is still in use`);
  }

  async #closeEpoch(examples: number): Promise<ClosedEpoch> {
    const { step, epoch } = this.#position;
    const [total] = await this.#loss.data();
    this.#setLoss(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    return { epoch: epoch + 1, step, loss: total! / examples };
  }

  #setLoss(value: Scalar): void {
    this.#loss.dispose();
    this.#loss = value;
  }
}
