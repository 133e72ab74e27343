import type { Dataset } from '@deepbelief/data';
import type { Factors } from '@deepbelief/kernels';
import { HealthCheck, type TrainingPosition } from '@deepbelief/rbm';
import { atStep, foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import {
  add,
  dispose,
  keep,
  mul,
  oneHot,
  scalar,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { BestSoFar } from './best-so-far.ts';
import { checkFineTuningData } from './check-fine-tuning-data.ts';
import { classificationError } from './classification-error.ts';
import type { Classifier } from './classifier.ts';
import { classifierParameters, layerOfParameter, setClassifierParameter } from './classifier-parameters.ts';
import { crossEntropy } from './cross-entropy.ts';
import { dropout } from './dropout.ts';
import {
  resolveFineTuningOptions,
  type FineTuningOptions,
  type ResolvedFineTuningOptions,
} from './fine-tuning-options.ts';
import { moveParameter } from './move-parameter.ts';
import { createOptimizer, type Optimizer } from './optimizer.ts';
import { parameterGradients } from './parameter-gradients.ts';

/** What an epoch of fine-tuning came to. */
export interface FineTuningReport {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of fine-tuning. */
  readonly step: number;
  /** Mean cross-entropy of the minibatches as they were trained on, with dropout, in nats. */
  readonly loss: number;
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

/** Magnitude of a parameter above which fine-tuning counts as diverged. */
const EXPLOSION_LIMIT = 1000;
/** Steps between two looks at the parameters. */
const CHECK_EVERY = 100;

/**
 * Fine-tunes every layer of a classifier by back-propagation of the cross-entropy. It changes the classifier in place
 * and owns the optimiser's memory: call `dispose` when done (the classifier stays).
 */
export class ClassifierTrainer {
  readonly classifier: Classifier;
  readonly options: ResolvedFineTuningOptions;
  readonly #key: RandomKey;
  readonly #optimizer: Optimizer;
  readonly #memory: Record<string, Readonly<Record<string, Tensor>>> = {};
  readonly #best = new BestSoFar();
  readonly #health: HealthCheck;
  #loss: Scalar;
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  /** @throws RangeError when an option is out of range or does not go with the classifier */
  constructor(classifier: Classifier, options: FineTuningOptions = {}) {
    this.classifier = classifier;
    this.options = resolveFineTuningOptions(classifier, options);
    this.#loss = scalar(0);
    this.#key = foldKey(randomKey(this.options.seed), 'fine-tuning');
    this.#optimizer = createOptimizer(this.options.optimizer);
    for (const [name, parameter] of Object.entries(classifierParameters(classifier))) {
      this.#memory[name] = this.#optimizer.start(parameter);
    }
    this.#health = new HealthCheck(
      {
        name: 'the classifier',
        parameters: () => classifierParameters(classifier),
        set: (name, value) => setClassifierParameter(classifier, name, value),
        likelyCause: () => 'a learning rate too high (try a tenth of it)',
      },
      EXPLOSION_LIMIT,
    );
  }

  /** Where fine-tuning stands. */
  get position(): FineTuningPosition {
    const { error, epoch } = this.#best;
    return { ...this.#position, bestError: error === Infinity ? null : error, bestEpoch: epoch };
  }

  /** Whether early stopping has had enough. */
  get stopped(): boolean {
    const { patience } = this.options;
    return patience !== undefined && this.#best.error < Infinity && this.#position.epoch - this.#best.epoch >= patience;
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
    checkFineTuningData(this.classifier, training, validation, this.options.patience !== undefined);
    const batchesInEpoch = Math.ceil(training.size / this.options.batchSize);
    await this.#health.check(this.#position.step);
    while (this.#position.epoch < epochs && !this.stopped) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#key, 'shuffle'), epoch);
      for await (const batch of training.batches({ size: this.options.batchSize, key, start })) {
        const done = this.#position.batch;
        try {
          this.step(batch.inputs, batch.labels!, epoch + done / batchesInEpoch);
        } finally {
          batch.dispose();
        }
        this.#position = { ...this.#position, batch: done + 1 };
        if (this.#position.step % CHECK_EVERY === 0) await this.#health.check(this.#position.step);
        if (done + 1 < batchesInEpoch) await onStep?.(this.position);
      }
      await this.#health.check(this.#position.step);
      const report = await this.#closeEpoch(training.size, validation);
      await onStep?.(this.position);
      yield report;
    }
    if (this.options.patience !== undefined) this.#best.giveTo(this.classifier);
  }

  /**
   * One update from one minibatch.
   *
   * @param inputs shape [batch, inputs]; not disposed
   * @param labels int32 of shape [batch]; not disposed
   * @param epoch epochs done, fractions counted, for the schedule
   */
  step(inputs: Tensor2D, labels: Tensor1D, epoch: number = this.#position.epoch): void {
    const { classifier, options } = this;
    const key = atStep(this.#key, this.#position.step);
    const rates = options.dropout;
    tidy(() => {
      const parameters = classifierParameters(classifier);
      const targets = oneHot(labels, classifier.classes);
      const loss = (): Scalar => {
        const logits = classifier.logits(inputs, (states, layer) =>
          dropout(states, layer === 0 ? rates.inputs : rates.hidden, key, layer),
        );
        return crossEntropy(logits, targets as Tensor2D);
      };
      const biases = classifier.layers.map(({ bias }) => bias);
      const { value, gradients } = parameterGradients(loss, parameters, biases);
      for (const [name, gradient] of Object.entries(gradients)) {
        this.#update(name, parameters[name]!, gradient, epoch);
        dispose(gradient);
      }
      this.#setLoss(keep(add<Scalar>(this.#loss, mul(value, inputs.shape[0]))));
    });
    this.#position = { ...this.#position, step: this.#position.step + 1 };
  }

  /** What a checkpoint must keep beside the classifier and the position, by name; the tensors stay the trainer's own. */
  state(): Readonly<Record<string, Tensor>> {
    const state: Record<string, Tensor> = { loss: this.#loss };
    for (const [name, memory] of Object.entries(this.#memory)) {
      for (const [part, tensor] of Object.entries(memory)) state[`${part}/${name}`] = tensor;
    }
    for (const [name, tensor] of Object.entries(this.#best.tensors())) state[`best/${name}`] = tensor;
    return state;
  }

  /** Goes on from a position and state that a trainer with the same options had. Takes the tensors over. */
  restore(position: FineTuningPosition, state: Readonly<Record<string, Tensor>>): void {
    const { bestError, bestEpoch, ...own } = position;
    this.#position = own;
    const best: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(state)) {
      const [part, parameter] = name.split('/') as [string, string];
      if (part === 'loss') this.#setLoss(tensor as Scalar);
      else if (part === 'best') best[parameter] = tensor;
      else {
        this.#memory[parameter]?.[part]?.dispose();
        this.#memory[parameter] = { ...this.#memory[parameter], [part]: tensor };
      }
    }
    this.#best.restore(bestError ?? Infinity, bestEpoch, best);
  }

  dispose(): void {
    for (const memory of Object.values(this.#memory)) dispose(memory);
    this.#loss.dispose();
    this.#best.dispose();
    this.#health.dispose();
  }

  #update(name: string, value: Tensor, gradient: Tensor | Factors, epoch: number): void {
    const parameter = { name, value, layer: layerOfParameter(this.classifier, name) };
    const at = { epoch, step: this.#position.step };
    const moved = moveParameter(this.#optimizer, this.options, parameter, this.#memory[name]!, gradient, at);
    setClassifierParameter(this.classifier, name, moved.parameter);
    this.#memory[name] = moved.memory;
  }

  async #closeEpoch(examples: number, validation: Dataset | undefined): Promise<FineTuningReport> {
    const { step, epoch } = this.#position;
    const [total] = await this.#loss.data();
    this.#setLoss(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    const validationError = validation && (await classificationError(this.classifier, validation));
    if (validationError !== undefined && this.options.patience !== undefined) {
      this.#best.offer(this.classifier, validationError, epoch + 1);
    }
    return { epoch: epoch + 1, step, loss: total! / examples, validationError };
  }

  #setLoss(value: Scalar): void {
    this.#loss.dispose();
    this.#loss = value;
  }
}
