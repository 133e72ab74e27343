import { checkNumber } from '@deepbelief/checks';
import { foldKey, randomKey } from '@deepbelief/random';
import {
  chain,
  keepZeros,
  linkFromConfig,
  maxNorm,
  scheduled,
  tiedParameters,
  TrainingRun,
  weightDecay,
  type InputRule,
  type LinkConfig,
  type Minibatches,
  type Optimizer,
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
/** Steps between two looks at the parameters. */
const CHECK_EVERY = 100;
/** How errors begin. */
const WHERE = 'fine-tuning';

/**
 * Fine-tuning by back-propagation, whatever the loss: what classifiers and Siamese nets have in
 * common. It owns what the optimizer remembers.
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
    const optimizer = fineTuningOptimizer(options);
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
    const closed = this.#run.epochs(training, epochs, { step, onStep });
    for await (const { total, ...epoch } of closed) yield { ...epoch, loss: total / training.size };
  }

  /**
   * Looks at the numbers of a minibatch: on cpu and wasm now, on a GPU at the next check.
   *
   * @throws RangeError for one that breaks the rule, or when the trainer is disposed
   */
  look(rule: InputRule, values: Tensor): void {
    this.#run.look(rule, values);
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
    await this.#run.check();
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
   * What a checkpoint must keep beside the net and the position, by name; the tensors stay its own.
   */
  state(): Readonly<Record<string, Tensor>> {
    return this.#run.state();
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
    this.#run.restore(`${WHERE}, restore`, { step, epoch, batch }, state, others);
  }

  dispose(): void {
    this.#run.dispose();
  }
}

/** The options' own links (decay, zeros that stay, a largest norm) around their optimizer. */
function fineTuningOptimizer(options: Omit<ResolvedFineTuningOptions, 'patience'>): Optimizer {
  const { weightDecay: l2, keepZeros: keepsZeros, maxNorm: norm, optimizer } = options;
  const given: readonly LinkConfig[] = Array.isArray(optimizer)
    ? optimizer
    : [optimizer as LinkConfig];
  return chain(
    [
      ...(l2 === 0 ? [] : [weightDecay({ l2 })]),
      ...given.map((link) => linkFromConfig(link)),
      ...(keepsZeros === true ? [keepZeros()] : []),
      ...(norm === undefined ? [] : [maxNorm({ norm })]),
    ],
    'fine-tuning options',
  );
}
