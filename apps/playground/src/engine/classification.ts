import { mapInputs, take, type Dataset, type IndexedDataset } from '@deepbelief/data';
import {
  classificationError,
  classifierFromDbn,
  ClassifierTrainer,
  randomClassifier,
  type Classifier,
} from '@deepbelief/dbn';
import { foldKey, randomKey } from '@deepbelief/random';
import type { Rbm } from '@deepbelief/rbm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { Abandoned, Gate } from './gate.ts';
import type { ClassificationPoint } from './protocol.ts';
import { asDbn } from './stack-view.ts';
import type { LayerData } from './trained-layer.ts';

/** How the two nets are fine-tuned. */
export interface ClassificationOptions {
  readonly layers: readonly Rbm[];
  readonly data: Pick<LayerData, 'training' | 'test' | 'preparation'>;
  readonly classes: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
  readonly onPoint: (points: readonly ClassificationPoint[], done: boolean) => void;
}

/** Approximate number of points in the curves. */
const POINTS = 25;

const BATCH = 100;

/**
 * Fine-tunes the stack with a softmax, and the same net from random weights, on the same
 * minibatches.
 */
export class Classification {
  readonly pretrained: Classifier;
  readonly #random: Classifier;
  readonly #trainers: readonly ClassifierTrainer[];
  readonly #options: ClassificationOptions;
  readonly #training: Dataset;
  readonly #test: IndexedDataset;
  readonly #gate = new Gate();
  readonly #points: ClassificationPoint[] = [];
  /** Resolves when it is done or stopped. */
  readonly finished: Promise<void>;

  constructor(options: ClassificationOptions) {
    const { layers, data, classes, rate, seed } = options;
    this.#options = options;
    this.pretrained = classifierFromDbn(asDbn(layers), classes);
    this.#random = randomClassifier({
      inputs: layers[0]!.visible.size,
      layers: layers.map(({ hidden, zeroHiddenBias }) => ({
        units: hidden.units,
        size: hidden.size,
        zeroBias: zeroHiddenBias,
      })),
      classes,
      seed,
    });
    this.#trainers = [this.pretrained, this.#random].map(
      (classifier) =>
        new ClassifierTrainer(classifier, { learningRate: rate, seed, batchSize: BATCH }),
    );
    const { training, test, preparation } = data;
    const prepared = (images: Tensor2D): Tensor2D => preparation.to(images);
    this.#training = mapInputs(training, training.name, training.shape, prepared);
    this.#test = mapInputs(take(test, Math.min(1000, test.size)), test.name, test.shape, prepared);
    this.#gate.play();
    this.finished = this.#run();
  }

  /** Ends fine-tuning and keeps the classifier. */
  async stop(): Promise<void> {
    this.#gate.end();
    await this.finished;
  }

  async dispose(): Promise<void> {
    await this.stop().catch(() => {});
    for (const owner of [...this.#trainers, this.pretrained, this.#random]) owner.dispose();
  }

  async #run(): Promise<void> {
    const { epochs, seed, onPoint } = this.#options;
    const steps = epochs * Math.ceil(this.#training.size / BATCH);
    const every = Math.max(1, Math.round(steps / POINTS));
    const key = foldKey(randomKey(seed), 'classification');
    try {
      await this.#measure(0);
      for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
        for await (const batch of this.#training.batches({
          size: BATCH,
          key: foldKey(key, epoch),
        })) {
          try {
            await this.#gate.wait();
            for (const trainer of this.#trainers) trainer.step(batch.inputs, batch.labels!, epoch);
          } finally {
            batch.dispose();
          }
          step++;
          if (step % every === 0 || step === steps) await this.#measure(step);
        }
      }
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
    } finally {
      onPoint(this.#points, true);
    }
  }

  async #measure(step: number): Promise<void> {
    const [pretrained, random] = [
      await classificationError(this.pretrained, this.#test),
      await classificationError(this.#random, this.#test),
    ];
    this.#points.push({ step, epoch: (step * BATCH) / this.#training.size, pretrained, random });
    this.#options.onPoint(this.#points, false);
  }
}
