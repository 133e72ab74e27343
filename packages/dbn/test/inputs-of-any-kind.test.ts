import { useBackend } from '@deepbelief/backend';
import { inMemoryDataset, mapInputs } from '@deepbelief/data';
import { randomKey } from '@deepbelief/random';
import { binary } from '@deepbelief/units';
import {
  engine,
  greater,
  tensor1d,
  tensor2d,
  type DataType,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  classifierParameters,
  ClassifierTrainer,
  classify,
  cosineSimilarity,
  dropout,
  featureDataset,
  generate,
  pairCrossEntropy,
  project,
  siameseParameters,
  SiameseTrainer,
  type Classifier,
  type Dbn,
  type Siamese,
} from '../src/index.ts';
import { smallClassifier, smallDbn } from './support/nets.ts';
import { smallSiamese } from './support/pairs.ts';
import { expectClose, expectNoLeak } from '@deepbelief/test-support/tensors';

const layers = [
  { units: binary(), size: 4 },
  { units: binary(), size: 3 },
  { units: binary(), size: 2 },
];

/** One of each net, on four inputs. */
interface Nets {
  readonly dbn: Dbn;
  readonly classifier: Classifier;
  readonly siamese: Siamese;
}

const makeNets = (): Nets => ({
  dbn: smallDbn(layers),
  classifier: smallClassifier(4, layers.slice(1), 3),
  siamese: smallSiamese(4, layers.slice(1)),
});

/** What the functions are given: inputs [3, 4], states of the top layer [3, 2], and labels [3]. */
interface Given {
  readonly inputs: Tensor2D;
  readonly top: Tensor2D;
  readonly labels: Tensor1D;
}

const rows = [
  [1, 0, 1, 1],
  [0, 1, 1, 0],
  [0, 0, 0, 1],
];

const given = (dtype: DataType): Given => ({
  inputs: tensor2d(rows, [3, 4], dtype),
  top: tensor2d(
    rows.map((row) => row.slice(0, 2)),
    [3, 2],
    dtype,
  ),
  labels: tensor1d([1, 0, 1], dtype),
});

const key = randomKey(2);

/** Every public function that takes inputs or labels, by name. */
const functions: Readonly<Record<string, (nets: Nets, given: Given) => unknown>> = {
  'Dbn.features': ({ dbn }, { inputs }) => dbn.features(inputs),
  generate: ({ dbn }, { inputs }) => generate(dbn, inputs, key, 3),
  project: ({ dbn }, { top }) => project(dbn, top),
  'Classifier.logits': ({ classifier }, { inputs }) => classifier.logits(inputs),
  'Classifier.probabilities': ({ classifier }, { inputs }) => classifier.probabilities(inputs),
  'Classifier.predict': ({ classifier }, { inputs }) => classifier.predict(inputs),
  classify: async ({ classifier }, { inputs }) => classify(classifier, inputs),
  'Siamese.features': ({ siamese }, { inputs }) => siamese.features(inputs),
  'Siamese.cosines': ({ siamese }, { inputs }) => siamese.cosines(inputs, inputs),
  'Siamese.logits': ({ siamese }, { inputs }) => siamese.logits(inputs, inputs),
  'Siamese.probabilities': ({ siamese }, { inputs }) => siamese.probabilities(inputs, inputs),
  'ClassifierTrainer.step': ({ classifier }, { inputs, labels }) => {
    const trainer = new ClassifierTrainer(classifier);
    try {
      trainer.step(inputs, labels);
      return Object.values(classifierParameters(classifier)).map((tensor) =>
        tensor.dataSync<'float32'>().slice(),
      );
    } finally {
      trainer.dispose();
    }
  },
  'SiameseTrainer.step': ({ siamese }, { inputs, labels }) => {
    const trainer = new SiameseTrainer(siamese);
    try {
      trainer.step(inputs, inputs, labels);
      return Object.values(siameseParameters(siamese)).map((tensor) =>
        tensor.dataSync<'float32'>().slice(),
      );
    } finally {
      trainer.dispose();
    }
  },
};

/** Every number in what a function gives, in order. */
async function numbersIn(result: unknown): Promise<number[]> {
  const value = await result;
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  if (Array.isArray(value)) return (await Promise.all(value.map(numbersIn))).flat();
  return [...(value as Tensor2D).dataSync()];
}

/** Calls a function with new nets, and leaves no tensor behind. */
async function call(name: string, what: Given, spoil?: (nets: Nets) => void): Promise<number[]> {
  engine().startScope();
  const nets = makeNets();
  const owners = Object.values(nets) as { dispose(): void }[];
  try {
    spoil?.(nets);
    return await numbersIn(functions[name]!(nets, what));
  } finally {
    for (const owner of owners) owner.dispose();
    engine().endScope();
  }
}

const disposeAll = (what: Given): void => {
  for (const tensor of Object.values(what) as Tensor2D[]) tensor.dispose();
};

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test.each(Object.keys(functions))(
    '%s gives the same for int32 and bool as for float32',
    async (name) => {
      await useBackend({ backend });
      await expectNoLeak(async () => {
        const of: Partial<Record<DataType, number[]>> = {};
        for (const dtype of ['float32', 'int32', 'bool'] as const) {
          const what = given(dtype);
          of[dtype] = await call(name, what);
          disposeAll(what);
        }
        expect(of.float32!.length).toBeGreaterThan(0);
        expectClose(of.int32!, of.float32!);
        expectClose(of.bool!, of.float32!);
      });
    },
  );

  test.each(Object.keys(functions))('%s refuses a minibatch of no rows', async (name) => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const what = {
        inputs: tensor2d([], [0, 4]),
        top: tensor2d([], [0, 2]),
        labels: tensor1d([], 'int32'),
      };
      await expect(call(name, what)).rejects.toThrow(
        /^[^\n]+: \w+ has shape \[0, [24]\], expected \[batch, [24]\] with a row/,
      );
      disposeAll(what);
    });
  });

  test('the features of booleans, as a dataset may give them, are those of numbers', async () => {
    await useBackend({ backend });
    await expectNoLeak(async () => {
      const dbn = smallDbn(layers);
      const data = inMemoryDataset({
        name: 'rows',
        inputs: Float32Array.from(rows.flat()),
        shape: [4],
      });
      const bits = mapInputs(data, 'bits', [4], (inputs) => greater(inputs, 0.5));
      const featuresOf = async (source: typeof data): Promise<number[]> => {
        const numbers: number[] = [];
        for await (const batch of featureDataset(dbn, source).batches({ size: 3 })) {
          numbers.push(...(await batch.inputs.data()));
          batch.dispose();
        }
        return numbers;
      };
      expectClose(await featuresOf(bits), await featuresOf(data));
      dbn.dispose();
    });
  });
});

test.each(Object.keys(functions))('%s says that a tensor is disposed', async (name) => {
  await expectNoLeak(async () => {
    const what = given('float32');
    disposeAll(what);
    await expect(call(name, what)).rejects.toThrow(/^[^\n]+: \w+ is disposed, expected a tensor/);
  });
});

test.each(Object.keys(functions))(
  '%s says that a net is disposed, or that it has no layer left',
  async (name) => {
    await expectNoLeak(async () => {
      const what = given('float32');
      const dispose = (nets: Nets): void => {
        for (const net of Object.values(nets) as Nets['dbn'][]) net.dispose();
      };
      await expect(call(name, what, dispose)).rejects.toThrow(
        /^[^\n]+: the (classifier|net|Siamese net) is disposed, expected one that is still in use$|there is no layer yet|stack has no layer yet/,
      );
      disposeAll(what);
    });
  },
);

test('trainers that are disposed say so', async () => {
  await expectNoLeak(async () => {
    const nets = makeNets();
    const what = given('float32');
    const refusal = 'fine-tuning: the trainer is disposed, expected one that is still in use';
    const classifiers = new ClassifierTrainer(nets.classifier);
    const pairs = new SiameseTrainer(nets.siamese);
    classifiers.dispose();
    pairs.dispose();
    expect(() => classifiers.step(what.inputs, what.labels)).toThrow(refusal);
    expect(() => pairs.step(what.inputs, what.inputs, what.labels)).toThrow(refusal);
    expect(() => classifiers.state()).toThrow(refusal);
    await expect(classifiers.check()).rejects.toThrow(refusal);
    await expect(pairs.check()).rejects.toThrow(refusal);
    disposeAll(what);
    for (const net of Object.values(nets) as Nets['dbn'][]) net.dispose();
  });
});

test('the parts of losses refuse tensors that are not float32, do not fit, or are empty', async () => {
  await expectNoLeak(() => {
    const integers = tensor2d([[1, 2]], [1, 2], 'int32');
    const logits = tensor1d([1, 2]);
    const one = tensor1d([1]);
    const none = tensor1d([]);
    expect(() => cosineSimilarity(integers)).toThrow(
      'cosineSimilarity: vectors is int32, expected float32',
    );
    expect(() => pairCrossEntropy(logits, one)).toThrow(
      'pairCrossEntropy: same has shape [1], expected [2]',
    );
    expect(() => pairCrossEntropy(none, none)).toThrow(
      'pairCrossEntropy: the number of pairs is 0, expected',
    );
    none.dispose();
    expect(() => dropout(none as unknown as Tensor2D, 0.5, key, 0)).toThrow(
      'dropout: states is disposed',
    );
    for (const tensor of [integers, logits, one]) tensor.dispose();
  });
});
