import { inMemoryDataset } from '@deepbelief/data';
import { normals, randomKey, randomWords } from '@deepbelief/random';
import { nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import {
  ClassifierTrainer,
  encodeClassifier,
  randomClassifier,
  type Classifier,
  type FineTuningOptions,
} from '../src/index.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

/** Labels that have nothing to do with the inputs: the validation error goes up and down. */
function noise(size: number, seed: number): ReturnType<typeof inMemoryDataset> {
  const labels = randomWords(randomKey(seed), size).map((word) => word & 1);
  return inMemoryDataset({
    name: 'noise',
    inputs: normals(randomKey(seed), 3 * size),
    shape: [3],
    labels,
  });
}

const training = noise(30, 1);
const validation = noise(30, 2);
const options: FineTuningOptions = {
  batchSize: 10,
  learningRate: 0.05,
  earlyStopping: { patience: 4 },
};

function net(): Classifier {
  return randomClassifier({ inputs: 3, layers: [{ units: nrelu(), size: 6 }], classes: 2 });
}

/** Trains, and gives the validation error and the bytes of the classifier after each epoch. */
async function history(
  trainer: ClassifierTrainer,
  epochs: number,
): Promise<{ readonly errors: number[]; readonly files: Uint8Array[] }> {
  const errors: number[] = [];
  const files: Uint8Array[] = [];
  for await (const { validationError } of trainer.epochs(training, epochs, validation)) {
    errors.push(validationError!);
    files.push(await encodeClassifier(trainer.classifier));
  }
  return { errors, files };
}

test('it stops after `patience` epochs without a lower error and goes back to the best bytes', () =>
  expectNoLeak(async () => {
    const trainer = new ClassifierTrainer(net(), options);
    const { errors, files } = await history(trainer, 100);
    const best = errors.indexOf(Math.min(...errors));
    expect(best, 'the error falls before it stops falling').toBeGreaterThan(0);
    expect(errors.length).toBe(best + 1 + 4);
    expect(trainer.stopped).toBe(true);
    expect(trainer.position).toMatchObject({
      epoch: errors.length,
      bestEpoch: best + 1,
      bestError: errors[best],
    });
    expect(await encodeClassifier(trainer.classifier)).toEqual(files[best]);
    expect(files.at(-1), 'the last epoch differs from the best').not.toEqual(files[best]);

    expect((await history(trainer, 200)).errors, 'it does not start again').toEqual([]);
    expect(await encodeClassifier(trainer.classifier)).toEqual(files[best]);
    trainer.dispose();
    trainer.classifier.dispose();
  }));

test('with epochs at an end before patience, it goes back to the best as well', () =>
  expectNoLeak(async () => {
    const trainer = new ClassifierTrainer(net(), { ...options, earlyStopping: { patience: 1000 } });
    const { errors, files } = await history(trainer, 12);
    expect(errors.length).toBe(12);
    expect(trainer.stopped).toBe(false);
    const best = errors.indexOf(Math.min(...errors));
    expect(best).toBeLessThan(11);
    expect(await encodeClassifier(trainer.classifier)).toEqual(files[best]);
    trainer.dispose();
    trainer.classifier.dispose();
  }));

test('until it stops it trains as without early stopping, which keeps the last epoch', () =>
  expectNoLeak(async () => {
    const stopping = new ClassifierTrainer(net(), options);
    const { earlyStopping: _, ...others } = options;
    const plain = new ClassifierTrainer(net(), others);
    const stopped = await history(stopping, 100);
    const whole = await history(plain, stopped.errors.length);
    expect(whole).toEqual(stopped);
    expect(await encodeClassifier(plain.classifier)).toEqual(whole.files.at(-1));
    expect(plain.position).toMatchObject({ bestError: null, bestEpoch: 0 });
    for (const trainer of [stopping, plain]) {
      trainer.dispose();
      trainer.classifier.dispose();
    }
  }));

test('it needs validation data', () =>
  expectNoLeak(async () => {
    const trainer = new ClassifierTrainer(net(), options);
    await expect(trainer.epochs(training, 1).next()).rejects.toThrow(
      new RangeError('fine-tuning: early stopping needs validation data, none was given'),
    );
    trainer.dispose();
    trainer.classifier.dispose();
  }));
