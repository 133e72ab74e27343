import type { PairDataset } from '@deepbelief/data';
import type { Factors } from '@deepbelief/kernels';
import { HealthCheck, type TrainingPosition } from '@deepbelief/rbm';
import { atStep, foldKey, randomKey, type RandomKey } from '@deepbelief/random';
import {
  add,
  cast,
  dispose,
  keep,
  mul,
  scalar,
  tidy,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { dropout } from './dropout.ts';
import { resolveFineTuningOptions, type ResolvedFineTuningOptions } from './fine-tuning-options.ts';
import { moveParameter } from './move-parameter.ts';
import { createOptimizer, type Optimizer } from './optimizer.ts';
import { pairCrossEntropy } from './pair-cross-entropy.ts';
import { parameterGradients } from './parameter-gradients.ts';
import type { Siamese } from './siamese.ts';
import type { SiameseOptions } from './siamese-options.ts';
import { layerOfSiameseParameter, setSiameseParameter, siameseParameters } from './siamese-parameters.ts';
import { verificationError } from './verification-error.ts';

/** What an epoch of fine-tuning on pairs came to. */
export interface SiameseReport {
  /** Epochs done, 1 after the first. */
  readonly epoch: number;
  /** Steps done since the start of fine-tuning. */
  readonly step: number;
  /** Mean cross-entropy of the minibatches as they were trained on, in nats. */
  readonly loss: number;
  /** Share of validation pairs on the wrong side of P(same) = ½; none without validation data. */
  readonly validationError: number | undefined;
}

/** Magnitude of a parameter above which fine-tuning counts as diverged. */
const EXPLOSION_LIMIT = 1000;
/** Steps between two looks at the parameters. */
const CHECK_EVERY = 100;

/**
 * Fine-tunes all layers of a Siamese net and its output by back-propagation of the cross-entropy through both branches.
 * It changes the net in place and owns the optimiser's memory: call `dispose` when done (the net stays).
 */
export class SiameseTrainer {
  readonly siamese: Siamese;
  readonly options: Omit<ResolvedFineTuningOptions, 'patience'>;
  readonly #key: RandomKey;
  readonly #optimizer: Optimizer;
  readonly #memory: Record<string, Readonly<Record<string, Tensor>>> = {};
  readonly #health: HealthCheck;
  #loss: Scalar;
  #position: TrainingPosition = { step: 0, epoch: 0, batch: 0 };

  /** @throws RangeError when an option is out of range or does not go with the net */
  constructor(siamese: Siamese, options: SiameseOptions = {}) {
    this.siamese = siamese;
    const { patience: _, ...resolved } = resolveFineTuningOptions(siamese, options);
    this.options = resolved;
    this.#loss = scalar(0);
    this.#key = foldKey(randomKey(resolved.seed), 'siamese');
    this.#optimizer = createOptimizer(resolved.optimizer);
    for (const [name, parameter] of Object.entries(siameseParameters(siamese))) {
      this.#memory[name] = this.#optimizer.start(parameter);
    }
    this.#health = new HealthCheck(
      {
        name: 'the Siamese net',
        parameters: () => siameseParameters(siamese),
        set: (name, value) => setSiameseParameter(siamese, name, value),
        likelyCause: () => 'a learning rate too high (try a tenth of it)',
      },
      EXPLOSION_LIMIT,
    );
  }

  /** Where fine-tuning stands. */
  get position(): TrainingPosition {
    return { ...this.#position };
  }

  /**
   * Goes through the pairs until `epochs` epochs are done since the start, and reports each. Broken off, it goes on from
   * the same minibatch when called again.
   *
   * @param validation for the reports
   * @param onStep awaited after each step, so that it can write a checkpoint or let other work through
   * @throws RangeError when the data do not fit the net
   * @throws DivergenceError when parameters are not finite or too large; they are back at their last good state, the
   *   optimiser's memory is not: go on with a new trainer
   */
  async *epochs(
    training: PairDataset,
    epochs: number,
    validation?: PairDataset,
    onStep?: (position: TrainingPosition) => void | Promise<void>,
  ): AsyncGenerator<SiameseReport, void, undefined> {
    const { batchSize } = this.options;
    for (const data of validation === undefined ? [training] : [training, validation]) this.#checkData(data);
    const batchesInEpoch = Math.ceil(training.size / batchSize);
    await this.#health.check(this.#position.step);
    while (this.#position.epoch < epochs) {
      const { epoch, batch: start } = this.#position;
      const key = foldKey(foldKey(this.#key, 'shuffle'), epoch);
      for await (const batch of training.batches({ size: batchSize, key, start })) {
        const done = this.#position.batch;
        try {
          this.step(batch.first, batch.second, batch.same, epoch + done / batchesInEpoch);
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
  }

  /**
   * One update from one minibatch.
   *
   * @param first shape [pairs, inputs]; not disposed
   * @param second as many; not disposed
   * @param same int32 of shape [pairs], 1 or 0; not disposed
   * @param epoch epochs done, fractions counted, for the schedule
   */
  step(first: Tensor2D, second: Tensor2D, same: Tensor1D, epoch: number = this.#position.epoch): void {
    const { siamese, options } = this;
    const key = atStep(this.#key, this.#position.step);
    const rates = options.dropout;
    tidy(() => {
      const parameters = siameseParameters(siamese);
      const targets = cast<Tensor1D>(same, 'float32');
      const loss = (): Scalar => {
        const logits = siamese.logits(first, second, (states, layer) =>
          dropout(states, layer === 0 ? rates.inputs : rates.hidden, key, layer),
        );
        return pairCrossEntropy(logits, targets);
      };
      const biases = siamese.layers.map(({ bias }) => bias);
      const { value, gradients } = parameterGradients(loss, parameters, biases);
      for (const [name, gradient] of Object.entries(gradients)) {
        this.#update(name, parameters[name]!, gradient, epoch);
        dispose(gradient);
      }
      this.#setLoss(keep(add<Scalar>(this.#loss, mul(value, first.shape[0]))));
    });
    this.#position = { ...this.#position, step: this.#position.step + 1 };
  }

  /** What a checkpoint must keep beside the net and the position, by name; the tensors stay the trainer's own. */
  state(): Readonly<Record<string, Tensor>> {
    const state: Record<string, Tensor> = { loss: this.#loss };
    for (const [name, memory] of Object.entries(this.#memory)) {
      for (const [part, tensor] of Object.entries(memory)) state[`${part}/${name}`] = tensor;
    }
    return state;
  }

  /** Goes on from a position and state that a trainer with the same options had. Takes the tensors over. */
  restore(position: TrainingPosition, state: Readonly<Record<string, Tensor>>): void {
    this.#position = { ...position };
    for (const [name, tensor] of Object.entries(state)) {
      const [part, parameter] = name.split('/') as [string, string];
      if (part === 'loss') this.#setLoss(tensor as Scalar);
      else {
        this.#memory[parameter]?.[part]?.dispose();
        this.#memory[parameter] = { ...this.#memory[parameter], [part]: tensor };
      }
    }
  }

  dispose(): void {
    for (const memory of Object.values(this.#memory)) dispose(memory);
    this.#loss.dispose();
    this.#health.dispose();
  }

  #update(name: string, value: Tensor, gradient: Tensor | Factors, epoch: number): void {
    const parameter = { name, value, layer: layerOfSiameseParameter(this.siamese, name) };
    const at = { epoch, step: this.#position.step };
    const moved = moveParameter(this.#optimizer, this.options, parameter, this.#memory[name]!, gradient, at);
    setSiameseParameter(this.siamese, name, moved.parameter);
    this.#memory[name] = moved.memory;
  }

  async #closeEpoch(pairs: number, validation: PairDataset | undefined): Promise<SiameseReport> {
    const { step, epoch } = this.#position;
    const [total] = await this.#loss.data();
    this.#setLoss(scalar(0));
    this.#position = { step, epoch: epoch + 1, batch: 0 };
    const validationError = validation && (await verificationError(this.siamese, validation));
    return { epoch: epoch + 1, step, loss: total! / pairs, validationError };
  }

  #setLoss(value: Scalar): void {
    this.#loss.dispose();
    this.#loss = value;
  }

  #checkData({ name, size, shape }: PairDataset): void {
    const values = shape.reduce((product, extent) => product * extent, 1);
    if (values === this.siamese.inputs && size > 0) return;
    throw new RangeError(
      `fine-tuning: ${name} has ${size} pairs of ${values} values each, expected pairs of ${this.siamese.inputs} values`,
    );
  }
}
