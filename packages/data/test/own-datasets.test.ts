import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  dataMean,
  indexedDataset,
  inMemoryDataset,
  mapInputs,
  materialize,
  minibatch,
  pairDataset,
  split,
  standardize,
  subset,
  type Dataset,
  type IndexedDataset,
} from '../src/index.ts';
import { rows } from './rows.ts';
import { checkTensors } from './setup.ts';

const halves = inMemoryDataset({
  name: 'halves',
  inputs: Float32Array.of(0.25, 0.75, 0.5, 1),
  shape: [2],
  labels: [1, 0],
});

/** A user's own dataset, whose minibatches may hold anything. */
function own(
  inputs: () => tf.Tensor2D,
  labels?: () => tf.Tensor1D,
  classes = labels ? 2 : undefined,
): Dataset {
  return {
    name: 'own',
    shape: [2],
    size: 2,
    ...(classes !== undefined && { classes }),
    async *batches() {
      yield minibatch(inputs(), labels?.());
    },
  };
}

async function dtypes(dataset: Dataset): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of dataset.batches({ size: 2 })) {
    found.push(batch.inputs.dtype);
    batch.dispose();
  }
  return found;
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  checkTensors(backend);

  const integers = (): tf.Tensor2D => tf.tensor2d([1, 0, 2, 3], [2, 2], 'int32');
  const booleans = (): tf.Tensor2D => tf.tensor2d([true, false, true, true], [2, 2], 'bool');

  test('mapInputs casts booleans and integers to float32 inputs with the same values', async () => {
    const stream = own(() => tf.tensor2d([0.25, 0.75, 0.5, 1], [2, 2]));
    for (const dataset of [halves, stream]) {
      const above = mapInputs(dataset, 'above', [2], (inputs) => tf.greater(inputs, 0.5));
      expect(await dtypes(above)).toEqual(['float32']);
      // A product reads raw bits, so it is right only for floats.
      const doubled = mapInputs(above, 'doubled', [2], (inputs) =>
        tf.matMul(inputs, tf.tensor2d([2, 0, 0, 2], [2, 2])),
      );
      expect((await rows(doubled)).inputs).toEqual([
        [
          [0, 2],
          [0, 2],
        ],
      ]);
      const whole = mapInputs(dataset, 'whole', [2], (inputs) =>
        tf.cast(tf.mul(inputs, 4), 'int32'),
      );
      expect(await dtypes(whole)).toEqual(['float32']);
      expect((await rows(whole)).inputs).toEqual([
        [
          [1, 3],
          [2, 4],
        ],
      ]);
    }
  });

  test('examples read as integers or booleans become float32', async () => {
    for (const [inputsAt, expected] of [
      [integers, [1, 0, 2, 3]],
      [booleans, [1, 0, 1, 1]],
    ] as const) {
      const dataset = indexedDataset({ name: 'read', shape: [2], size: 2, inputsAt });
      expect(await dtypes(dataset)).toEqual(['float32']);
      expect((await rows(dataset)).inputs.flat(2)).toEqual(expected);
      expect(
        (
          await rows(mapInputs(own(inputsAt), 'mapped', [2], (inputs) => tf.add(inputs, 0)))
        ).inputs.flat(2),
      ).toEqual(expected);
      expect(await dataMean(own(inputsAt))).toEqual(
        Float32Array.of((expected[0] + expected[2]) / 2, (expected[1] + expected[3]) / 2),
      );
    }
  });

  test('views of pairs become float32', async () => {
    const pairs = [{ first: 0, second: 1, same: true }];
    const dataset = pairDataset({
      name: 'pairs',
      examples: halves,
      pairs,
      view: (values) =>
        tf.tensor2d(
          [...values].map((value) => value > 0.6),
          [1, 2],
          'bool',
        ),
    });
    for await (const batch of dataset.batches({ size: 1 })) {
      expect([batch.first.dtype, batch.second.dtype]).toEqual(['float32', 'float32']);
      expect([...(await batch.first.data()), ...(await batch.second.data())]).toEqual([0, 1, 0, 1]);
      batch.dispose();
    }
  });

  test('integers are standardized as numbers', async () => {
    const inputs = integers();
    const found = standardize(inputs, { exampleMean: false, offset: [1], divisor: [2] });
    expect([...(await found.data())]).toEqual([0, -0.5, 0.5, 1]);
    tf.dispose([inputs, found]);
  });

  test('whole-number float labels become int32', async () => {
    const dataset = own(integers, () => tf.tensor1d([1, 0], 'float32'));
    const mapped = mapInputs(dataset, 'mapped', [2], (inputs) => inputs);
    for await (const batch of mapped.batches({ size: 2 })) {
      expect(batch.labels!.dtype).toBe('int32');
      expect([...(await batch.labels!.data())]).toEqual([1, 0]);
      batch.dispose();
    }
  });

  test.each<[string, () => tf.Tensor1D, string]>([
    [
      'above the classes',
      () => tf.tensor1d([0, 2], 'int32'),
      'own: labels[1] is 2, expected a whole number from 0 to 1',
    ],
    [
      'below 0',
      () => tf.tensor1d([-1, 1], 'int32'),
      'own: labels[0] is -1, expected a whole number from 0 to 1',
    ],
    [
      'between two',
      () => tf.tensor1d([0, 0.5]),
      'own: labels[1] is 0.5, expected a whole number from 0 to 1',
    ],
    ['too few', () => tf.tensor1d([0], 'int32'), 'own: labels have shape [1], expected [2]'],
  ])(
    'labels %s are refused wherever they would be passed on, and nothing is left',
    async (_, labels, message) => {
      const dataset = own(integers, labels);
      await expect(rows(mapInputs(dataset, 'mapped', [2], (inputs) => inputs))).rejects.toThrow(
        message,
      );
      await expect(materialize(dataset)).rejects.toThrow(message);
      await expect(dataMean(dataset)).rejects.toThrow(message);
    },
  );

  test('minibatches with another shape or without the promised labels are refused', async () => {
    const unlabeled = own(integers, undefined, 2);
    for (const read of [
      materialize(unlabeled),
      rows(mapInputs(unlabeled, 'mapped', [2], (inputs) => inputs)),
    ]) {
      await expect(read).rejects.toThrow(
        'own: a minibatch has no labels, expected labels of 2 classes',
      );
    }
    const wide = own(() => tf.zeros([2, 3]));
    await expect(materialize(wide)).rejects.toThrow(
      'own: inputs have shape [2, 3], expected [1 or more, 2]',
    );
    const empty = own(() => tf.tensor2d([], [0, 2]));
    await expect(materialize(empty)).rejects.toThrow(
      'own: inputs have shape [0, 2], expected [1 or more, 2]',
    );
  });
});

test('labels of a user’s own indexed dataset outside its classes are refused', () => {
  const broken: IndexedDataset = { ...halves, labels: Int32Array.of(0, 2), classes: 2 };
  const message = /labels\[\d\] is 2, expected a whole number from 0 to 1/;
  expect(() => mapInputs(broken, 'mapped', [2], (inputs) => inputs)).toThrow(message);
  expect(() => subset(broken, [0, 1])).toThrow(message);
  expect(() => split(broken, [1, 1])).toThrow(message);
  expect(() => split(broken, [2], { classes: 'equal' })).toThrow(message);
});
