import { useBackend } from '@deepbelief/backend';
import { randomKey } from '@deepbelief/random';
import { createRbm, DivergenceError, NotFiniteError } from '@deepbelief/rbm';
import { gaussian, nrelu } from '@deepbelief/units';
import { fill, tensor1d, type Rank } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  Classifier,
  classificationError,
  ClassifierTrainer,
  classify,
  Dbn,
  decodeClassifierTrainer,
  decodeSiameseTrainer,
  encodeClassifier,
  encodeClassifierTrainer,
  encodeDbn,
  encodeSiamese,
  encodeSiameseTrainer,
  generate,
  pairProbabilities,
  project,
  SiameseTrainer,
} from '../src/index.ts';
import { smallClassifier, smallDbn } from './support/nets.ts';
import { directionPairs, smallSiamese } from './support/pairs.ts';
import { corners } from './support/toy-data.ts';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

/** A stack of NReLUs on NReLUs whose chains run away. */
function runawayStack(): Dbn {
  const dbn = new Dbn();
  const layer = { units: nrelu(), size: 40 };
  for (const seed of [1, 2])
    dbn.push(createRbm({ visible: layer, hidden: layer, weightScale: 0.2, seed }));
  return dbn;
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test('samples of NReLUs on NReLUs that overflow are an error of one line, not NaN', async () => {
    await useBackend({ backend });
    await expectNoLeak(() => {
      const dbn = runawayStack();
      const start = fill<Rank.R2>([1, 40], 1);
      const run = (): unknown => generate(dbn, start, randomKey(1), 1000);
      expect(run).toThrow(NotFiniteError);
      expect(run).toThrow(
        /^[^\n]* of 40 nrelu states of the [^\n]* are not finite; likely cause: weights too large[^\n]*$/,
      );
      start.dispose();
      dbn.dispose();
    });
  });

  test('a classifier whose logits overflow gives an error, not a class', async () => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const weights = fill<Rank.R2>([2, 2], 1e30);
      const layers = [1, 2].map(() => ({
        units: nrelu(),
        weights: fill<Rank.R2>([2, 2], 1e30),
        bias: tensor1d([0, 0]),
        parameters: {},
        zeroBias: false,
      }));
      const classifier = new Classifier(layers, { weights, bias: tensor1d([0, 0]) });
      const x = matrix([[1, 1]]);
      const refusal =
        /^Classifier: 2 of 2 logits are not finite; likely cause: a net whose numbers overflow/;
      expect(() => classifier.predict(x)).toThrow(NotFiniteError);
      expect(() => classifier.predict(x)).toThrow(refusal);
      expect(() => classifier.probabilities(x)).toThrow(refusal);
      await expect(classify(classifier, x)).rejects.toThrow(refusal);
      await expect(classificationError(classifier, corners(8, 0.1, 1))).rejects.toThrow(
        NotFiniteError,
      );
      x.dispose();
      classifier.dispose();
    });
  });

  test('inputs that are not finite are refused where classes or probabilities are asked for', async () => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const classifier = smallClassifier(3, [], 2);
      const siamese = smallSiamese(3, [{ units: gaussian(), size: 2 }]);
      const [x, good] = [matrix([[1, Infinity, 0]]), matrix([[1, 0, 0]])];
      const refusal =
        'value 1 of example 0 is Infinity, expected a finite number; replace it, or leave the example out';
      expect(() => classifier.predict(x)).toThrow(`Classifier: ${refusal}`);
      await expect(classify(classifier, x)).rejects.toThrow(`Classifier: ${refusal}`);
      expect(() => siamese.probabilities(good, x)).toThrow(`Siamese: ${refusal}`);
      for (const owner of [x, good, classifier, siamese]) owner.dispose();
    });
  });
});

test('probabilities of pairs by a net that overflows are an error', async () => {
  await expectNoLeak(async () => {
    const siamese = smallSiamese(3, [{ units: gaussian(), size: 2 }]);
    siamese.output.weight.dispose();
    siamese.output.weight = tensor1d([NaN]);
    await expect(pairProbabilities(siamese, directionPairs(4, 0.1, 1))).rejects.toThrow(
      NotFiniteError,
    );
    siamese.dispose();
  });
});

test('a projection that overflows names the layer', async () => {
  await expectNoLeak(() => {
    const dbn = smallDbn([
      { units: gaussian(), size: 2 },
      { units: nrelu(), size: 2 },
    ]);
    const top = matrix([[3e38, 3e38]]);
    dbn.layers[0]!.weights.dispose();
    dbn.layers[0]!.weights = fill([2, 2], 10);
    expect(() => project(dbn, top)).toThrow(
      /^project: 2 of 2 gaussian states of the visible units of layer 1 are not finite/,
    );
    top.dispose();
    dbn.dispose();
  });
});

test('no file is written of a net with NaN in it', async () => {
  await expectNoLeak(async () => {
    const layers = [{ units: nrelu(), size: 2 }];
    const classifier = smallClassifier(2, layers, 2);
    classifier.output.bias.dispose();
    classifier.output.bias = tensor1d([0, NaN]);
    const siamese = smallSiamese(2, layers);
    siamese.output.bias.dispose();
    siamese.output.bias = tensor1d([NaN]);
    const dbn = smallDbn([{ units: gaussian(), size: 2 }, ...layers]);
    dbn.layers[0]!.hidden.bias.dispose();
    dbn.layers[0]!.hidden.bias = tensor1d([NaN, 0]);
    await expect(encodeClassifier(classifier)).rejects.toThrow(
      'writing the classifier: output.bias has NaN at 1',
    );
    await expect(encodeSiamese(siamese)).rejects.toThrow(
      'writing the siamese: output.bias has NaN at 0',
    );
    await expect(encodeDbn(dbn)).rejects.toThrow(
      'writing the dbn: layer1.hidden.bias has NaN at 0',
    );
    for (const owner of [classifier, siamese, dbn]) owner.dispose();
  });
});

describe('fine-tuning that diverges between two checks leaves a good checkpoint, which loads and goes on:', () => {
  const options = {
    learningRate: [
      [0, 0.001],
      [1, 1e30],
    ] as [number, number][],
    batchSize: 4,
  };
  const layers = [{ units: gaussian(), size: 4 }];

  test.each(['sgd', 'adam'] as const)('a classifier, %s', async (type) => {
    await expectNoLeak(async () => {
      const given = { ...options, optimizer: { type } };
      const trainer = new ClassifierTrainer(smallClassifier(2, layers, 2), given);
      const data = corners(20, 0.3, 1);
      let checkpoint: Uint8Array | undefined;
      const run = async (): Promise<void> => {
        const save = async (): Promise<void> =>
          void (checkpoint = await encodeClassifierTrainer(trainer));
        for await (const { epoch } of trainer.epochs(data, 3, undefined, save))
          expect(epoch).toBe(1);
      };
      await expect(run()).rejects.toThrow(DivergenceError);
      const resumed = decodeClassifierTrainer(checkpoint!, 'run.checkpoint', given);
      expect(resumed.position).toMatchObject({ step: 5, epoch: 1 });
      expect(await encodeClassifier(resumed.classifier)).toEqual(
        await encodeClassifier(trainer.classifier),
      );
      await expect(resumed.epochs(data, 3).next()).rejects.toThrow(DivergenceError);
      for (const owner of [trainer, trainer.classifier, resumed, resumed.classifier])
        owner.dispose();
    });
  });

  test('a Siamese net', async () => {
    await expectNoLeak(async () => {
      const trainer = new SiameseTrainer(smallSiamese(3, layers), options);
      const pairs = directionPairs(20, 0.3, 1);
      let checkpoint: Uint8Array | undefined;
      const run = async (): Promise<void> => {
        const save = async (): Promise<void> =>
          void (checkpoint = await encodeSiameseTrainer(trainer));
        for await (const { epoch } of trainer.epochs(pairs, 3, undefined, save))
          expect(epoch).toBe(1);
      };
      await expect(run()).rejects.toThrow(DivergenceError);
      const resumed = decodeSiameseTrainer(checkpoint!, 'run.checkpoint', options);
      expect(resumed.position).toMatchObject({ step: 5, epoch: 1 });
      for (const owner of [trainer, trainer.siamese, resumed, resumed.siamese]) owner.dispose();
    });
  });
});
