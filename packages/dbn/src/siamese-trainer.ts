import { finiteRule } from '@deepbelief/training';
import type { PairDataset } from '@deepbelief/data';
import { argumentError, checkOptionNames, floatStates } from '@deepbelief/checks';
import { type TrainingPosition } from '@deepbelief/rbm';
import { cast, tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkLabels, pairRule } from './check-labels.ts';
import { FineTuner } from './fine-tuner.ts';
import type { ClosedEpoch } from './tuned-net.ts';
import {
  FINE_TUNING_NAMES,
  resolveFineTuningOptions,
  type ResolvedFineTuningOptions,
} from './fine-tuning-options.ts';
import { pairCrossEntropy } from './pair-cross-entropy.ts';
import type { Siamese } from './siamese.ts';
import type { SiameseOptions } from './siamese-options.ts';
import { parametersOfSiamese } from './siamese-parameters.ts';
import { verificationError } from './verification-error.ts';

/** How errors begin. */
const WHERE = 'fine-tuning';

/** The report on an epoch of fine-tuning on pairs. */
export interface SiameseReport extends ClosedEpoch {
  /** Share of validation pairs on the wrong side of P(same) = ½; absent without validation data. */
  readonly validationError: number | undefined;
}

/**
 * Fine-tunes all layers of a Siamese net and its output by back-propagation of the cross-entropy
 * through both branches. It changes the net in place and owns the optimizer's memory: call
 * `dispose` when done (the net stays).
 */
export class SiameseTrainer {
  readonly siamese: Siamese;
  readonly options: Omit<ResolvedFineTuningOptions, 'patience'>;
  readonly #tuner: FineTuner;

  /** @throws RangeError if an option is unknown, out of range or does not suit the net */
  constructor(siamese: Siamese, options: SiameseOptions = {}) {
    this.siamese = siamese;
    const names = FINE_TUNING_NAMES.filter((name) => name !== 'earlyStopping');
    checkOptionNames('fine-tuning options of a Siamese net', options, names);
    const { patience: _, ...resolved } = resolveFineTuningOptions(siamese, options);
    this.options = resolved;
    const net = {
      name: 'the Siamese net',
      layers: siamese.layers,
      parameters: () => parametersOfSiamese(siamese),
    };
    this.#tuner = new FineTuner(net, resolved, 'siamese');
  }

  /** The position of fine-tuning. */
  get position(): TrainingPosition {
    return this.#tuner.position;
  }

  /**
   * Goes through the pairs until `epochs` epochs are done since the start, and reports each. If
   * interrupted, the next call continues at the same minibatch.
   *
   * @param validation for the reports
   * @param onStep awaited after each step, so that it can write a checkpoint or yield to other work
   * @throws RangeError if the data does not fit the net
   * @throws DivergenceError if parameters are not finite or too large. They return to their last
   *   good state, but the optimizer's memory does not: continue with a new trainer
   */
  async *epochs(
    training: PairDataset,
    epochs: number,
    validation?: PairDataset,
    onStep?: (position: TrainingPosition) => void | Promise<void>,
  ): AsyncGenerator<SiameseReport, void, undefined> {
    for (const data of validation === undefined ? [training] : [training, validation])
      this.#checkData(data);
    const closed = this.#tuner.epochs(
      training,
      epochs,
      ({ first, second, same }, epoch) => this.step(first, second, same, epoch),
      () => onStep?.(this.position),
    );
    for await (const epoch of closed) {
      const validationError = validation && (await verificationError(this.siamese, validation));
      await onStep?.(this.position);
      yield { ...epoch, validationError };
    }
  }

  /**
   * Makes one update from one minibatch.
   *
   * @param first shape [pairs, inputs]; not disposed
   * @param second the same shape; not disposed
   * @param same int32, bool or float32 of shape [pairs], 1 or 0; not disposed
   * @param epoch epochs done, including fractions, for the schedule
   * @throws RangeError if inputs or labels do not fit: wrong shape, no rows, inputs that are not
   *   finite, labels other than 0 and 1. On cpu and wasm nothing changes then; on a GPU the next
   *   `check` finds bad numbers
   */
  step(
    first: Tensor2D,
    second: Tensor2D,
    same: Tensor1D,
    epoch: number = this.#tuner.position.epoch,
  ): void {
    const { siamese } = this;
    tidy(() => {
      const [a, b] = [
        floatStates(WHERE, 'first', first, siamese.inputs),
        floatStates(WHERE, 'second', second, siamese.inputs),
      ];
      const pairs = a.shape[0];
      checkLabels(WHERE, 'same', same, pairs);
      for (const inputs of [a, b]) this.#tuner.look(finiteRule(WHERE), inputs);
      this.#tuner.look(pairRule(WHERE), same);
      const targets = cast<Tensor1D>(same, 'float32');
      const loss = (logits: Tensor1D) => pairCrossEntropy(logits, targets);
      this.#tuner.step((drop) => loss(siamese.logits(a, b, drop)), pairs, epoch);
    });
  }

  /**
   * Checks that all numbers of the run are finite and no parameter is too large, then keeps the
   * parameters as the last good state.
   *
   * @throws RangeError if data since the last check did not fit (on a GPU), after restoring that
   *   state
   * @throws DivergenceError if a number is not finite or too large, after doing the same
   */
  async check(): Promise<void> {
    await this.#tuner.check();
  }

  /**
   * What a checkpoint must keep besides the net and the position, by name. The trainer keeps the
   * tensors.
   */
  state(): Readonly<Record<string, Tensor>> {
    return this.#tuner.state();
  }

  /**
   * Restores the position and state of a trainer with the same options. Takes ownership of the
   * tensors.
   *
   * @throws RangeError if such a trainer cannot have the position or a tensor; nothing is taken
   *   then
   */
  restore(position: TrainingPosition, state: Readonly<Record<string, Tensor>>): void {
    this.#tuner.restore(position, state);
  }

  dispose(): void {
    this.#tuner.dispose();
  }

  #checkData({ name, size, shape }: PairDataset): void {
    const values = shape.reduce((product, extent) => product * extent, 1);
    if (values === this.siamese.inputs && size > 0) return;
    throw argumentError(
      `fine-tuning: ${name} has ${size} pairs of ${values} values each, expected pairs of ` +
        `${this.siamese.inputs} values`,
    );
  }
}
