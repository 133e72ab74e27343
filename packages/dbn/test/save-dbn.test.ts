import { decodeBundle, encodeBundle } from '@deepbelief/training';
import { parameterTensors, rbmConfig } from '@deepbelief/rbm/internal';
import { ModelFileError } from '@deepbelief/rbm';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { Dbn, decodeDbn, encodeDbn } from '../src/index.ts';
import { smallDbn, smallRbm, titled } from './support/nets.ts';
import { expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

const inputs = [
  [0, 1, 0, 1],
  [1, 0, 1, 0],
];

describe.each(titled)('a stack of %s units', (_, units) => {
  test('comes back from its file the same in every byte and feature', () =>
    expectNoLeak(async () => {
      const dbn = smallDbn([
        { units, size: 4 },
        { units, size: 6, zeroBias: true },
        { units, size: 2 },
      ]);
      const bytes = await encodeDbn(dbn);
      const decoded = decodeDbn(bytes, 'stack.safetensors');
      expect(await encodeDbn(decoded)).toEqual(bytes);
      expect(decoded.layers.map(rbmConfig)).toEqual(dbn.layers.map(rbmConfig));
      const x = matrix(inputs);
      expect(take(decoded.features(x))).toEqual(take(dbn.features(x)));
      for (const owner of [x, decoded, dbn]) owner.dispose();
    }));
});

test('a file holds the layers in order, each parameter under its layer', () =>
  expectNoLeak(async () => {
    const dbn = smallDbn([
      { units: gaussian({ learnSigma: true }), size: 4 },
      { units: nrelu(), size: 3 },
      { units: binary(), size: 2 },
    ]);
    const { config, tensors } = decodeBundle(await encodeDbn(dbn), 'stack.safetensors', 'dbn');
    expect(config).toMatchObject({ layers: [{ hidden: { size: 3 } }, { hidden: { size: 2 } }] });
    expect(Object.keys(tensors).toSorted()).toEqual([
      'layer1.hidden.bias',
      'layer1.visible.bias',
      'layer1.visible.logPrecision',
      'layer1.weights',
      'layer2.hidden.bias',
      'layer2.visible.bias',
      'layer2.weights',
    ]);
    dispose(tensors);
    dbn.dispose();
  }));

test('a stack without layers comes back without layers', () =>
  expectNoLeak(async () => {
    expect(decodeDbn(await encodeDbn(new Dbn()), 'empty.safetensors').layers).toEqual([]);
  }));

test('a file whose layers do not fit together is refused', () =>
  expectNoLeak(async () => {
    const layers = [
      smallRbm({ units: binary(), size: 4 }, { units: binary(), size: 3 }),
      smallRbm({ units: binary(), size: 2 }, { units: binary(), size: 2 }),
    ];
    const tensors: Record<string, Tensor> = {};
    layers.forEach((rbm, i) => {
      for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
        tensors[`layer${i + 1}.${name}`] = tensor;
    });
    const bytes = await encodeBundle('dbn', { layers: layers.map(rbmConfig) }, tensors);
    const refusal =
      'unfit.safetensors: Dbn.push: layer 2 has 2 visible units, expected 3, the hidden units of the layer below';
    expect(() => decodeDbn(bytes, 'unfit.safetensors')).toThrow(
      new ModelFileError('unfit.safetensors', refusal.slice(19)),
    );
    for (const rbm of layers) rbm.dispose();
  }));
