import { type StateShapes, finiteRule } from '@deepbelief/training';
import type { Dataset } from '@deepbelief/data';
import { checkNumber, floatStates } from '@deepbelief/checks';
import { type TrainingPosition } from '@deepbelief/rbm';
import {
  cast,
  oneHot,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { BestSoFar } from './best-so-far.ts';
import { checkFineTuningData } from './check-fine-tuning-data.ts';
import { checkLabels, classRule } from './check-labels.ts';
import { classificationError } from './classification-error.ts';
import type { Classifier } from './classifier.ts';
import { classifierParameters, parametersOfClassifier } from './classifier-parameters.ts';
import { crossEntropy } from './cross-entropy.ts';
import { FineTuner } from './fine-tuner.ts';
import type { ClosedEpoch } from './tuned-net.ts';
import {
  resolveFineTuningOptions,
  type FineTuningOptions,
  type ResolvedFineTuningOptions,
} from './fine-tuning-options.ts';

/** How errors begin. */
const WHERE = 'fine-tuning';

/** The report on an epoch of fine-tuning. */
export interface FineTuningReport extends ClosedEpoch {
  /** Share of validation examples in the wrong class; absent without validation data. */
  readonly validationError: number | undefined;
}

/** The position of fine-tuning, which a checkpoint keeps besides tensors. */
export interface FineTuningPosition extends TrainingPosition {
  /** Lowest validation error so far; null before the first epoch with early stopping. */
  readonly bestError: number | null;
  /** Epochs done when it was reached; 0 before. */
  readonly bestEpoch: number;
}

/**
 * Fine-tunes every layer of a classifier by back-propagation of the cross-entropy. It changes the
 * classifier in place and owns the optimizer's memory: call `dispose` when done (the classifier
 * stays).
 */
export class ClassifierTrainer {
  readonly classifier: Classifier;
  readonly options: ResolvedFineTuningOptions;
  readonly #tuner: FineTuner;
  readonly #best = new BestSoFar();

  /** @throws RangeError if an option is unknown, out of range or does not suit the classifier */
  constructor(classifier: Classifier, options: FineTuningOptions = {}) {
    this.classifier = classifier;
    this.options = resolveFineTuningOptions(classifier, options);
    const net = {
      name: 'the classifier',
      layers: classifier.layers,
      parameters: () => parametersOfClassifier(classifier),
    };
    this.#tuner = new FineTuner(net, this.options, 'fine-tuning');
  }

  /** The position of fine-tuning. */
  get position(): FineTuningPosition {
    const { error, epoch } = this.#best;
    return {
      ...this.#tuner.position,
      bestError: error === Infinity ? null : error,
      bestEpoch: epoch,
    };
  }

  /** Whether early stopping has ended the run. */
  get stopped(): boolean {
    const { patience } = this.options;
    const { error, epoch } = this.#best;
    return (
      patience !== undefined && error < Infinity && this.#tuner.position.epoch - epoch >= patience
    );
  }

  /**
   * Goes through the data until `epochs` epochs are done since the start, or early stopping ends
   * the run, and reports each epoch. With early stopping, the classifier ends with the best
   * parameters. If interrupted, the next call continues at the same minibatch.
   *
   * @param training with labels
   * @param validation with labels, for the reports and for early stopping
   * @param onStep awaited after each step, so that it can write a checkpoint or yield to other work
   * @throws RangeError if the data does not fit the classifier (see `step`), or early stopping
   *   lacks validation data
   * @throws DivergenceError if parameters are not finite or too large. They return to their last
   *   good state, but the optimizer's memory does not: continue with a new trainer
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
   * Makes one update from one minibatch.
   *
   * @param inputs shape [batch, inputs]; not disposed
   * @param labels class numbers, int32 of shape [batch] (or whole numbers as float32); not disposed
   * @param epoch epochs done, including fractions, for the schedule
   * @throws RangeError if inputs or labels do not fit: wrong shape, no rows, inputs that are not
   *   finite, labels outside the classes. On cpu and wasm nothing changes then; on a GPU the next
   *   `check` finds bad numbers
   */
  step(inputs: Tensor2D, labels: Tensor1D, epoch: number = this.#tuner.position.epoch): void {
    const { classifier } = this;
    tidy(() => {
      const data = floatStates(WHERE, 'inputs', inputs, classifier.inputs);
      const examples = data.shape[0];
      checkLabels(WHERE, 'labels', labels, examples);
      this.#tuner.look(finiteRule(WHERE), data);
      this.#tuner.look(classRule(WHERE, classifier.classes), labels);
      const targets = oneHot(cast(labels, 'int32'), classifier.classes) as Tensor2D;
      this.#tuner.step(
        (drop) => crossEntropy(classifier.logits(data, drop), targets),
        examples,
        epoch,
      );
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
   * What a checkpoint must keep besides the classifier and the position, by name. The trainer keeps
   * the tensors.
   */
  state(): Readonly<Record<string, Tensor>> {
    const state: Record<string, Tensor> = { ...this.#tuner.state() };
    for (const [name, tensor] of Object.entries(this.#best.tensors()))
      state[`best/${name}`] = tensor;
    return state;
  }

  /**
   * Restores the position and state of a trainer with the same options. Takes ownership of the
   * tensors.
   *
   * @throws RangeError if such a trainer cannot have the position or a tensor; nothing is taken
   *   then
   */
  restore(position: FineTuningPosition, state: Readonly<Record<string, Tensor>>): void {
    const where = `${WHERE}, restore`;
    if (position.bestError !== null)
      checkNumber(where, 'position.bestError', position.bestError, { low: 0, high: 1 });
    checkNumber(where, 'position.bestEpoch', position.bestEpoch, { low: 0, whole: true });
    this.#tuner.restore(position, state, bestShapes(this.classifier, position));
    const entries = Object.entries(state).filter(([name]) => name.startsWith('best/'));
    const best = entries.map(([name, tensor]) => [name.slice('best/'.length), tensor] as const);
    this.#best.restore(
      position.bestError ?? Infinity,
      position.bestEpoch,
      Object.fromEntries(best),
    );
  }

  dispose(): void {
    this.#tuner.dispose();
    this.#best.dispose();
  }
}

/**
 * Shapes of the best parameters that a trainer keeps at a position, by name; empty before there are
 * any.
 */
export function bestShapes(classifier: Classifier, { bestError }: FineTuningPosition): StateShapes {
  if (bestError === null) return {};
  const parameters = Object.entries(classifierParameters(classifier));
  return Object.fromEntries(parameters.map(([name, { shape }]) => [`best/${name}`, { shape }]));
}
