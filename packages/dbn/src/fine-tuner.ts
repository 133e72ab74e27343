import { checkNumber } from '@deepbelief/checks';
import { foldKey, randomKey } from '@deepbelief/random';
import {
  optimizerOfOptions,
  scheduled,
  tiedParameters,
  TrainingRun,
  type InputRule,
  type Minibatches,
  type StateShapes,
  type TrainingPosition,
} from '@deepbelief/training';
import { dispose, mul, tidy, type Scalar, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkInUse } from './check-layers.ts';
import { dropout } from './dropout.ts';
import type { ResolvedFineTuningOptions } from './fine-tuning-options.ts';
import { layerOfParameter } from './layer-parameters.ts';
import { parameterGradients } from './parameter-gradients.ts';
import type { ClosedEpoch, TunedNet } from './tuned-net.ts';

/** Magnitude of a parameter above which fine-tuning counts as diverged. */
const EXPLOSION_LIMIT = 1000;
/** Steps between checks of the parameters. */
const CHECK_EVERY = 100;
/** How errors begin. */
const WHERE = 'fine-tuning';

/**
 * Fine-tuning by back-propagation for any loss: the common part of classifiers and Siamese nets. It
 * owns the optimizer's memory.
 */
export class FineTuner {
  readonly #net: TunedNet;
  readonly #options: Omit<ResolvedFineTuningOptions, 'patience'>;
  readonly #run: TrainingRun;

  /** @param stream names the random numbers of its shuffles and dropout */
  constructor(net: TunedNet, options: Omit<ResolvedFineTuningOptions, 'patience'>, stream: string) {
    checkInUse(
      WHERE,
      net.name,
      net.parameters().map(({ value }) => value),
    );
    this.#net = net;
    this.#options = options;
    const { weightDecay: l2, keepZeros = false, maxNorm } = options;
    const additions = { decay: { l1: 0, l2 }, keepZeros, maxNorm };
    const optimizer = optimizerOfOptions(options.optimizer, additions, 'fine-tuning options');
    this.#run = new TrainingRun({
      where: WHERE,
      model: net.name,
      key: foldKey(randomKey(options.seed), stream),
      batchSize: options.batchSize,
      checkEvery: CHECK_EVERY,
      explosionLimit: EXPLOSION_LIMIT,
      parameters: () => net.parameters(),
      optimizer: () => optimizer,
      total: 'loss',
      memoryName: (part, parameter) => `${part}/${parameter}`,
      likelyCause: () => 'a learning rate too high (try a tenth of it)',
    });
  }

  get position(): TrainingPosition {
    return { ...this.#run.position };
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, and yields at the end of
   * each. If interrupted, the next call continues at the same minibatch.
   *
   * @param epochs a whole number, or Infinity to continue until the caller stops
   * @param step makes one update from a minibatch, with `this.step`
   * @param onStep awaited after each step; after an epoch's last step, only once the epoch has been
   *   reported
   * @throws RangeError if a minibatch does not fit: see `look`
   * @throws DivergenceError if parameters are not finite or too large. They return to their last
   *   good state, but the optimizer's memory does not
   */
  async *epochs<Batch extends { dispose(): void }>(
    training: Minibatches<Batch>,
    epochs: number,
    step: (batch: Batch, epoch: number) => void,
    onStep: () => void | Promise<void>,
  ): AsyncGenerator<ClosedEpoch, void, undefined> {
    const closed = this.#run.epochs(training, epochs, { step, onStep });
    for await (const { total, ...epoch } of closed) yield { ...epoch, loss: total / training.size };
  }

  /**
   * Checks a minibatch's numbers: immediately on cpu and wasm, at the next check on a GPU.
   *
   * @throws RangeError for one that breaks the rule, or if the trainer is disposed
   */
  look(rule: InputRule, values: Tensor): void {
    this.#run.look(rule, values);
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
    await this.#run.check();
  }

  /**
   * Makes one update down the gradient of a loss.
   *
   * @param loss the mean over the minibatch; its argument drops units between layers
   * @param examples the number of examples in the minibatch
   * @param epoch epochs done, including fractions, for the schedule
   */
  step(
    loss: (drop: (states: Tensor2D, layer: number) => Tensor2D) => Scalar,
    examples: number,
    epoch: number,
  ): void {
    this.#run.checkInUse();
    checkNumber(WHERE, 'epoch', epoch, { low: 0 });
    const { dropout: rates, learningRate, layerRates } = this.#options;
    const { layers } = this.#net;
    const key = this.#run.stepKey;
    const drop = (states: Tensor2D, layer: number): Tensor2D =>
      dropout(states, layer === 0 ? rates.inputs : rates.hidden, key, layer);
    tidy(() => {
      const parameters = tiedParameters(this.#net.parameters());
      const biases = layers.map(({ bias }) => bias);
      const { value, gradients } = parameterGradients(() => loss(drop), parameters, biases);
      try {
        const rate = scheduled(learningRate, epoch);
        this.#run.move(gradients, {
          epoch,
          sense: 'down',
          rate: ({ name }) => rate * layerRates[layerOfParameter(layers, name)]!,
        });
      } finally {
        for (const gradient of Object.values(gradients)) dispose(gradient);
      }
      this.#run.addToTotal(mul<Scalar>(value, examples));
    });
  }

  /**
   * What a checkpoint must keep besides the net and the position, by name. This object keeps the
   * tensors.
   */
  state(): Readonly<Record<string, Tensor>> {
    return this.#run.state();
  }

  /**
   * Restores the position and state of an object with the same options. Takes ownership of the
   * tensors.
   *
   * @param others shapes of other tensors in the state, which their owner takes
   * @throws RangeError if a trainer with these options cannot have the position or a tensor;
   *   nothing is taken then
   */
  restore(
    { step, epoch, batch }: TrainingPosition,
    state: Readonly<Record<string, Tensor>>,
    others: StateShapes = {},
  ): void {
    this.#run.restore(`${WHERE}, restore`, { step, epoch, batch }, state, others);
  }

  dispose(): void {
    this.#run.dispose();
  }
}
