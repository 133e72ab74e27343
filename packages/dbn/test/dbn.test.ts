import { binary, gaussian, nrelu, spin } from '@deepbelief/units';
import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Dbn } from '../src/index.ts';
import { smallDbn, smallRbm, type SmallLayer } from './support/nets.ts';
import { activation, affine } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

/** Data, then three layers of different unit types. */
const layers: readonly SmallLayer[] = [
  { units: gaussian(), size: 5 },
  { units: nrelu(), size: 4, zeroBias: true },
  { units: gaussian({ sigma: 1.3, learnSigma: true }), size: 3 },
  { units: spin(), size: 6 },
];
const data = [
  [0.3, -1.2, 0.8, 0, 1.1],
  [1, 0.4, -0.6, 0.9, -0.2],
];

test('features at every depth are the activations computed by hand in float64', () =>
  expectNoLeak(() => {
    const dbn = smallDbn(layers);
    const visible = matrix(data);
    let expected: readonly (readonly number[])[] = data;
    dbn.layers.forEach(({ weights, hidden }, i) => {
      const logPrecision =
        hidden.parameters.logPrecision && numbers(hidden.parameters.logPrecision);
      expected = expected.map((row) =>
        activation(
          hidden.units.config,
          affine(row, numbers(weights), numbers(hidden.bias)),
          logPrecision,
        ),
      );
      const features = dbn.features(visible, i + 1);
      expect(features.shape).toEqual([2, hidden.size]);
      expectClose(take(features), expected.flat(), undefined, `layer ${i + 1}`);
    });
    expectClose(
      take(dbn.features(visible)),
      expected.flat(),
      undefined,
      'the top layer by default',
    );
    visible.dispose();
    dbn.dispose();
  }));

test('its size is that of the top layer and grows with the stack', () =>
  expectNoLeak(() => {
    const dbn = new Dbn();
    dbn.push(smallRbm(layers[0]!, layers[1]!));
    expect(dbn.size).toBe(4);
    dbn.push(smallRbm(layers[1]!, layers[2]!));
    expect(dbn.size).toBe(3);
    expect(dbn.layers.map(({ hidden }) => hidden.units.type)).toEqual(['nrelu', 'gaussian']);
    dbn.dispose();
  }));

test('a layer whose visible units are not as many as the hidden units below is refused and not taken over', () =>
  expectNoLeak(() => {
    const dbn = smallDbn(layers.slice(0, 2));
    const unfit = smallRbm({ units: binary(), size: 3 }, { units: binary(), size: 2 });
    expect(() => dbn.push(unfit)).toThrow(
      new RangeError(
        'Dbn.push: layer 2 has 3 visible units, expected 4, the hidden units of the layer below',
      ),
    );
    expect(dbn.layers.length).toBe(1);
    dbn.dispose();
    unfit.dispose();
  }));

test('a stack without layers has neither size nor features', () =>
  expectNoLeak(() => {
    const dbn = new Dbn();
    const visible = matrix(data);
    const refusal = new RangeError('Dbn: there is no layer yet, push a trained RBM first');
    expect(() => dbn.size).toThrow(refusal);
    expect(() => dbn.features(visible)).toThrow(refusal);
    visible.dispose();
  }));

test.each([0, 4, 1.5, NaN])('features of layer %d of three are refused', (depth) =>
  expectNoLeak(() => {
    const dbn = smallDbn(layers);
    const visible = matrix(data);
    expect(() => dbn.features(visible, depth)).toThrow(
      new RangeError(
        `Dbn.features: depth is ${depth}, expected a whole number from 1 to 3, the layers there are`,
      ),
    );
    visible.dispose();
    dbn.dispose();
  }),
);

test('data of another width are refused', () =>
  expectNoLeak(() => {
    const dbn = smallDbn(layers);
    const visible = matrix([[1, 2]]);
    expect(() => dbn.features(visible)).toThrow(/has shape \[1, 2\], expected \[batch, 5\]/);
    visible.dispose();
    dbn.dispose();
  }));

test('disposing of a stack disposes of its layers and leaves it empty', () =>
  expectNoLeak(() => {
    const dbn = smallDbn(layers);
    const before = memory().numTensors;
    dbn.dispose();
    // Weights and two biases of each layer, and the learned precision above and below.
    expect(before - memory().numTensors).toBe(3 * 3 + 2);
    expect(dbn.layers).toEqual([]);
    dbn.dispose();
  }));
