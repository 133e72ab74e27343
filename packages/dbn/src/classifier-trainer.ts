import type { Dataset } from '@deepbelief/data';
import type { TrainingPosition } from '@deepbelief/rbm';
import { oneHot, tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { BestSoFar } from './best-so-far.ts';
import { checkFineTuningData } from './check-fine-tuning-data.ts';
import { classificationError } from './classification-error.ts';
import type { Classifier } from './classifier.ts';
import { classifierParameters, setClassifierParameter } from './classifier-parameters.ts';
import { crossEntropy } from './cross-entropy.ts';
import { FineTuner, type ClosedEpoch } from './fine-tuner.ts';
import {
  resolveFineTuningOptions,
  type FineTuningOptions,
  type ResolvedFineTuningOptions,
} from './fine-tuning-options.ts';

/** What an epoch of fine-tuning came to. */
export interface FineTuningReport extends ClosedEpoch {
  /** Share of validation examples in the wrong class; none without validation data. */
  readonly validationError: number | undefined;
}

/** Where fine-tuning stands: what a checkpoint keeps beside tensors. */
export interface FineTuningPosition extends TrainingPosition {
  /** Lowest validation error yet; null before the first epoch with early stopping. */
  readonly bestError: number | null;
  /** Epochs done when it was reached; 0 before. */
  readonly bestEpoch: number;
}

/**
 * Fine-tunes every layer of a classifier by back-propagation of the cross-entropy. It changes the classifier in place
 * and owns the optimiser's memory: call `dispose` when done (the classifier stays).
 */
export class ClassifierTrainer {
  readonly classifier: Classifier;
  readonly options: ResolvedFineTuningOptions;
  readonly #tuner: FineTuner;
  readonly #best = new BestSoFar();

  /** @throws RangeError when an option is out of range or does not go with the classifier */
  constructor(classifier: Classifier, options: FineTuningOptions = {}) {
    this.classifier = classifier;
    this.options = resolveFineTuningOptions(classifier, options);
    const net = {
      name: 'the classifier',
      layers: classifier.layers,
      parameters: () => classifierParameters(classifier),
      set: (name: string, value: Tensor) => setClassifierParameter(classifier, name, value),
    };
    this.#tuner = new FineTuner(net, this.options, 'fine-tuning');
  }

  /** Where fine-tuning stands. */
  get position(): FineTuningPosition {
    const { error, epoch } = this.#best;
    return { ...this.#tuner.position, bestError: error === Infinity ? null : error, bestEpoch: epoch };
  }

  /** Whether early stopping has had enough. */
  get stopped(): boolean {
    const { patience } = this.options;
    const { error, epoch } = this.#best;
    return patience !== undefined && error < Infinity && this.#tuner.position.epoch - epoch >= patience;
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, or early stopping ends it, and reports each.
   * With early stopping, the classifier has the best parameters at the end. Broken off, it goes on from the same
   * minibatch when called again.
   *
   * @param training with labels
   * @param validation with labels, for the reports and for early stopping
   * @param onStep awaited after each step, so that it can write a checkpoint or let other work through
   * @throws RangeError when the data do not fit the classifier, or validation data are missing for early stopping
   * @throws DivergenceError when parameters are not finite or too large; they are back at their last good state, the
   *   optimiser's memory is not: go on with a new trainer
   */
  async *epochs(
    training: Dataset,
    epochs: number,
    validation?: Dataset,
    onStep?: (position: FineTuningPosition) => void | Promise<void>,
  ): AsyncGenerator<FineTuningReport, void, undefined> {
    const { classifier, options } = this;
    checkFineTuningData(classifier, training, validation, options.patience !== undefined);
    if (!this.stopped) {
      const closed = this.#tuner.epochs(
        training,
        epochs,
        ({ inputs, labels }, epoch) => this.step(inputs, labels!, epoch),
        () => onStep?.(this.position),
      );
      for await (const epoch of closed) {
        const validationError = validation && (await classificationError(classifier, validation));
        if (validationError !== undefined && options.patience !== undefined) {
          this.#best.offer(classifier, validationError, epoch.epoch);
        }
        await onStep?.(this.position);
        yield { ...epoch, validationError };
        if (this.stopped) break;
      }
    }
    if (options.patience !== undefined) this.#best.giveTo(classifier);
  }

  /**
   * One update from one minibatch.
   *
   * @param inputs shape [batch, inputs]; not disposed
   * @param labels int32 of shape [batch]; not disposed
   * @param epoch epochs done, fractions counted, for the schedule
   */
  step(inputs: Tensor2D, labels: Tensor1D, epoch: number = this.#tuner.position.epoch): void {
    tidy(() => {
      const targets = oneHot(labels, this.classifier.classes) as Tensor2D;
      this.#tuner.step((drop) => crossEntropy(this.classifier.logits(inputs, drop), targets), inputs.shape[0], epoch);
    });
  }

  /** What a checkpoint must keep beside the classifier and the position, by name; the tensors stay the trainer's own. */
  state(): Readonly<Record<string, Tensor>> {
    const state = this.#tuner.state();
    for (const [name, tensor] of Object.entries(this.#best.tensors())) state[`best/${name}`] = tensor;
    return state;
  }

  /** Goes on from a position and state that a trainer with the same options had. Takes the tensors over. */
  restore(position: FineTuningPosition, state: Readonly<Record<string, Tensor>>): void {
    const isBest = ([name]: [string, Tensor]): boolean => name.startsWith('best/');
    const entries = Object.entries(state);
    this.#tuner.restore(position, Object.fromEntries(entries.filter((entry) => !isBest(entry))));
    const best = entries.filter(isBest).map(([name, tensor]) => [name.slice('best/'.length), tensor] as const);
    this.#best.restore(position.bestError ?? Infinity, position.bestEpoch, Object.fromEntries(best));
  }

  dispose(): void {
    this.#tuner.dispose();
    this.#best.dispose();
  }
}
