import { convolutional } from '@deepbelief/connections';
import { Classifier, Dbn, project, randomClassifier, randomSiamese } from '@deepbelief/dbn';
import { createRbm, features, NotFiniteError, reconstruct, type Rbm } from '@deepbelief/rbm';
import { setParameter } from '@deepbelief/rbm/internal';
import { normals, randomKey, uniforms } from '@deepbelief/random';
import { expectClose, expectNoLeak, numbers, take } from '@deepbelief/test-support/tensors';
import { binary, gaussian, nrelu, pooledBinary, softmax } from '@deepbelief/units';
import { mul, tensor1d, tensor2d, tidy, zeros, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { encodeOnnx } from '../src/index.ts';
import { randomizeParameters } from './support/random-parameters.ts';
import { runOnnx, type Rows } from './support/run-onnx.ts';

const CLOSE = { absolute: 1e-5, relative: 1e-5 };

/** Rows of numbers from 0 to 1. */
function data(rows: number, columns: number, seed = 1): Tensor2D {
  return tensor2d(uniforms(randomKey(seed), rows * columns), [rows, columns]);
}

const rowsOf = (states: Tensor2D): Rows => ({ values: numbers(states), shape: states.shape });

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** A layer's units, each with parameters of its own. */
function rbm(visible: number, hidden: number, seed: number): Rbm {
  return randomizeParameters(
    createRbm({
      visible: { units: binary(), size: visible },
      hidden: { units: binary(), size: hidden },
    }),
    0.7,
    seed,
  );
}

test('a stack has its features, and its reconstruction by the means down the layers', () =>
  expectNoLeak(async () => {
    const dbn = new Dbn();
    dbn.push(rbm(12, 9, 1));
    dbn.push(rbm(9, 4, 2));
    const bytes = await encodeOnnx(dbn, { reconstruction: true });
    for (const count of [1, 3]) {
      const visible = data(count, 12);
      const found = await runOnnx(bytes, { visible: rowsOf(visible) });
      const ours = dbn.features(visible);
      expect(found['features']!.shape).toEqual([count, 4]);
      expectClose(found['features']!.values, numbers(ours), CLOSE);
      expectClose(found['reconstruction']!.values, take(project(dbn, ours)), CLOSE);
      ours.dispose();
      visible.dispose();
    }
    dbn.dispose();
  }));

test('without the option there is no reconstruction', () =>
  expectNoLeak(async () => {
    const model = rbm(3, 2, 1);
    const found = await runOnnx(await encodeOnnx(model), {
      visible: { values: [0, 1, 1], shape: [1, 3] },
    });
    expect(Object.keys(found)).toEqual(['features']);
    model.dispose();
  }));

test.each([
  { stride: 1, padding: 0 },
  { stride: 2, padding: 1 },
])('convolutions with %o and max-pooled units go up and down', ({ stride, padding }) =>
  expectNoLeak(async () => {
    const options = { shape: [7, 8, 2], filter: [4, 3], maps: 3, stride, padding } as const;
    const filters = 4 * 3 * 2 * 3;
    const connection = convolutional(options, zeros([4, 3, 2, 3]));
    const width = stride === 1 ? 6 : 4;
    const units =
      stride === 1 ? pooledBinary({ width, maps: 3, block: 2 }) : nrelu({ mean: 'relu' });
    const model = createRbm({
      visible: { units: gaussian(), size: 7 * 8 * 2 },
      hidden: { units, size: connection.hidden },
      connection,
    });
    expect(filters).toBe(connection.weights.size);
    randomizeParameters(model, 0.5, 4);
    const visible = data(3, 7 * 8 * 2);
    const found = await runOnnx(await encodeOnnx(model, { reconstruction: true }), {
      visible: rowsOf(visible),
    });
    expectClose(found['features']!.values, take(features(model, visible)), CLOSE);
    expectClose(found['reconstruction']!.values, take(reconstruct(model, visible)), CLOSE);
    visible.dispose();
    model.dispose();
  }),
);

test('a classifier has probabilities and labels, and its class names in the metadata', () =>
  expectNoLeak(async () => {
    const start = randomClassifier({
      inputs: 6,
      layers: [
        { units: nrelu(), size: 5 },
        { units: softmax({ groupSize: 2 }), size: 4 },
      ],
      classes: 3,
      seed: 4,
    });
    const net = new Classifier(start.layers, start.output, ['cat', 'dog', 'wild cat']);
    net.output.weights.dispose();
    net.output.weights = tensor2d(normals(randomKey(8), 12), [4, 3]);
    const inputs = data(7, 6);
    const bytes = await encodeOnnx(net);
    const found = await runOnnx(bytes, { inputs: rowsOf(inputs) });
    expectClose(found['probabilities']!.values, take(net.probabilities(inputs)), CLOSE);
    expect(found['label']).toEqual({ values: take(net.predict(inputs)), shape: [7] });
    expect(text(bytes)).toContain('["cat","dog","wild cat"]');
    inputs.dispose();
    net.dispose();
  }));

test('layers that share weights, one of them transposed, share them in the file', () =>
  expectNoLeak(async () => {
    const weights = tensor2d(normals(randomKey(1), 2000), [50, 40]);
    const layer = (size: number) => ({
      units: binary(),
      bias: tensor1d(normals(randomKey(size), size)),
      parameters: {},
      zeroBias: false,
      weights,
    });
    const net = new Classifier([layer(40), { ...layer(50), transposed: true }], {
      weights: tensor2d(normals(randomKey(2), 100), [50, 2]),
      bias: tensor1d([0.5, 0]),
    });
    const inputs = data(2, 50);
    const bytes = await encodeOnnx(net);
    const found = await runOnnx(bytes, { inputs: rowsOf(inputs) });
    expectClose(found['probabilities']!.values, take(net.probabilities(inputs)), CLOSE);
    expect(bytes.length).toBeLessThan(4 * (2000 + 90 + 102) + 2000);
    inputs.dispose();
    net.dispose();
  }));

test('a Siamese net has the probability and the cosine of pairs, zeros included', () =>
  expectNoLeak(async () => {
    const net = randomSiamese({
      inputs: 5,
      layers: [{ units: nrelu(), size: 6 }],
      preparation: { mean: [1, 2] },
    });
    const first = data(4, 5);
    const second = tidy(() => mul<Tensor2D>(data(4, 5, 2), tensor2d([[1], [1], [0], [1]])));
    const bytes = await encodeOnnx(net);
    const found = await runOnnx(bytes, { first: rowsOf(first), second: rowsOf(second) });
    expect(found['probability']!.shape).toEqual([4]);
    expectClose(found['probability']!.values, take(net.probabilities(first, second)), CLOSE);
    expectClose(found['cosine']!.values, take(net.cosines(first, second)), CLOSE);
    expect(text(bytes)).toContain('{"mean":[1,2]}');
    first.dispose();
    second.dispose();
    net.dispose();
  }));

test('the same model gives the same bytes, and they say what the inputs are', () =>
  expectNoLeak(async () => {
    const model = rbm(3, 2, 1);
    const bytes = await encodeOnnx(model);
    expect(await encodeOnnx(model)).toEqual(bytes);
    expect(text(bytes)).toContain('3 binary units, 0 to 1');
    expect(text(bytes)).toContain('{"units":{"type":"binary"},"size":3}');
    const more = await encodeOnnx(model, { metadata: { scale: '1/255' } });
    expect(text(more)).toContain('1/255');
    model.dispose();
  }));

test('what cannot be exported is one line that says why', () =>
  expectNoLeak(async () => {
    const dbn = new Dbn();
    await expect(encodeOnnx(dbn)).rejects.toThrow('the stack has no layer yet');
    await expect(encodeOnnx({} as Dbn)).rejects.toThrow(
      'encodeOnnx: the model is {}, expected an Rbm, Dbn, Classifier or Siamese',
    );
    const model = rbm(3, 2, 1);
    await expect(encodeOnnx(model, { features: true } as object)).rejects.toThrow(
      'encodeOnnx: unknown option features, expected only reconstruction, metadata',
    );
    await expect(encodeOnnx(model, { metadata: { scale: 1 } as never })).rejects.toThrow(
      'option metadata is {"scale":1}, expected an object of texts',
    );
    setParameter(model, 'hidden.bias', tensor1d([0, NaN]));
    await expect(encodeOnnx(model)).rejects.toThrow(NotFiniteError);
    await expect(encodeOnnx(model)).rejects.toThrow('hidden.bias has NaN at 1');
    model.dispose();
    await expect(encodeOnnx(model)).rejects.toThrow('is disposed');
    const net = randomSiamese({ inputs: 2, layers: [{ units: binary(), size: 2 }] });
    await expect(encodeOnnx(net, { reconstruction: true })).rejects.toThrow(
      'expected an RBM or a stack with it',
    );
    net.dispose();
  }));
