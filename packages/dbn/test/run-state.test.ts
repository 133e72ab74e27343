import { createRbm } from '@deepbelief/rbm';
import { binary, gaussian } from '@deepbelief/units';
import { fill, tensor1d, zeros, type Rank, type Tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  Classifier,
  ClassifierTrainer,
  Dbn,
  Siamese,
  SiameseTrainer,
  type FineTuningPosition,
} from '../src/index.ts';
import { smallClassifier } from './support/nets.ts';
import { smallSiamese } from './support/pairs.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const layers = [{ units: binary(), size: 3 }];
const position: FineTuningPosition = { step: 0, epoch: 0, batch: 0, bestError: null, bestEpoch: 0 };

test.each<[string, object, (state: Record<string, Tensor>) => void, string]>([
  [
    'a memory of another shape',
    {},
    (state) => (state['first/layer1.weights'] = zeros([2, 2])),
    'first/layer1.weights has shape [2, 2], expected [2, 3]',
  ],
  [
    'an unknown name',
    {},
    (state) => (state['third/layer1.weights'] = zeros([1])),
    'no state of this run is called third/layer1.weights',
  ],
  [
    'a missing memory',
    {},
    (state) => delete state['second/output.bias'],
    'second/output.bias is missing',
  ],
  [
    'integers',
    {},
    (state) => (state['loss'] = zeros([], 'int32')),
    'loss is int32, expected float32',
  ],
  [
    'a best error without its parameters',
    { bestError: 0.5, bestEpoch: 1 },
    () => {},
    'best/layer1.weights is missing',
  ],
  [
    'a best error above 1',
    { bestError: 2 },
    () => {},
    'position.bestError is 2, expected a finite number from 0 to 1',
  ],
  [
    'a position that is none',
    { batch: NaN },
    () => {},
    'position.batch is NaN, expected a whole number',
  ],
])('a trainer does not take over %s', async (_what, at, change, message) => {
  await expectNoLeak(() => {
    const classifier = smallClassifier(2, layers, 2);
    const trainer = new ClassifierTrainer(classifier);
    const state: Record<string, Tensor> = { ...trainer.state() };
    change(state);
    expect(() => trainer.restore({ ...position, ...at }, state)).toThrow(
      `fine-tuning, restore: ${message}`,
    );
    expect(trainer.position).toEqual(position);
    for (const owner of [trainer, classifier, ...Object.values(state)]) owner.dispose();
  });
});

test('a Siamese trainer looks at what it takes over too', async () => {
  await expectNoLeak(() => {
    const siamese = smallSiamese(2, layers);
    const trainer = new SiameseTrainer(siamese);
    expect(() => trainer.restore(position, {})).toThrow(
      'fine-tuning, restore: loss is missing, expected loss, first/',
    );
    trainer.dispose();
    siamese.dispose();
  });
});

test('nets are not made of tensors that do not fit together', async () => {
  await expectNoLeak(() => {
    const net = smallClassifier(2, layers, 2);
    const wide = fill<Rank.R2>([4, 2], 0);
    const two = tensor1d([0, 0]);
    expect(() => new Classifier(net.layers, { weights: wide, bias: two })).toThrow(
      'Classifier: output.weights has shape [4, 2], expected [3, 2]',
    );
    const layer = { units: binary(), weights: wide, bias: two, parameters: {}, zeroBias: false };
    expect(() => new Classifier([...net.layers, layer], net.output)).toThrow(
      'Classifier: layer2.weights has shape [4, 2], expected [3, 2]',
    );
    expect(
      () =>
        new Siamese([{ ...layer, units: gaussian({ learnSigma: true }) }], {
          weight: two,
          bias: two,
        }),
    ).toThrow('Siamese: layer1.logPrecision is missing, expected a tensor');
    expect(() => new Siamese([layer], { weight: two, bias: two })).toThrow(
      'Siamese: output.weight has shape [2], expected [1]',
    );
    for (const owner of [net, wide, two]) owner.dispose();
  });
});

test('a stack takes over no RBM that is disposed or was given a tensor of another shape', async () => {
  await expectNoLeak(() => {
    const dbn = new Dbn();
    const rbm = createRbm({
      visible: { units: binary(), size: 3 },
      hidden: { units: binary(), size: 2 },
    });
    rbm.weights.dispose();
    expect(() => dbn.push(rbm)).toThrow('Dbn.push: weights is disposed');
    rbm.weights = fill([2, 3], 0);
    expect(() => dbn.push(rbm)).toThrow('Dbn.push: weights has shape [2, 3], expected [3, 2]');
    expect(dbn.layers.length).toBe(0);
    rbm.dispose();
  });
});
