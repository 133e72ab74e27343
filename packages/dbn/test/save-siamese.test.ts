import { decodeBundle, encodeBundle } from '@deepbelief/training';
import { ModelFileError } from '@deepbelief/rbm';
import { gaussian, nrelu } from '@deepbelief/units';
import { dispose, tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { decodeSiamese, encodeSiamese } from '../src/index.ts';
import { titled } from './support/nets.ts';
import { smallSiamese } from './support/pairs.ts';
import { expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

const inputs = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
];

describe.each(titled)('a Siamese net of %s units', (_, units) => {
  test('comes back from its file the same in every byte and log-odds', () =>
    expectNoLeak(async () => {
      const siamese = smallSiamese(3, [
        { units, size: 4 },
        { units, size: 2, zeroBias: true },
      ]);
      const bytes = await encodeSiamese(siamese);
      const decoded = decodeSiamese(bytes, 'faces.safetensors');
      expect(await encodeSiamese(decoded)).toEqual(bytes);
      expect(decoded.preparation).toEqual({ window: 0.5 });
      expect(decoded.layers.map(({ zeroBias }) => zeroBias)).toEqual([false, true]);
      const [a, b] = [matrix(inputs), matrix(inputs.toReversed())];
      expect(take(decoded.logits(a, b))).toEqual(take(siamese.logits(a, b)));
      for (const owner of [a, b, decoded, siamese]) owner.dispose();
    }));
});

test('a file holds the layers, the line and how inputs are prepared, but no biases that are fixed at zero', () =>
  expectNoLeak(async () => {
    const siamese = smallSiamese(3, [
      { units: nrelu(), size: 4, zeroBias: true },
      { units: gaussian({ learnSigma: true }), size: 2 },
    ]);
    const { config, tensors } = decodeBundle(
      await encodeSiamese(siamese),
      'faces.safetensors',
      'siamese',
    );
    expect(config).toEqual({
      inputs: 3,
      layers: [
        { units: nrelu().config, size: 4, zeroBias: true },
        { units: gaussian({ learnSigma: true }).config, size: 2, zeroBias: false },
      ],
      preparation: { window: 0.5 },
    });
    expect(
      Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    ).toEqual({
      'layer1.weights': [3, 4],
      'layer2.weights': [4, 2],
      'layer2.bias': [2],
      'layer2.logPrecision': [2],
      'output.weight': [1],
      'output.bias': [1],
    });
    dispose(tensors);
    siamese.dispose();
  }));

test('a file of another kind, without a tensor or of an unfit configuration is refused by name', () =>
  expectNoLeak(async () => {
    const siamese = smallSiamese(3, [{ units: nrelu(), size: 4 }]);
    const { config, tensors } = decodeBundle(await encodeSiamese(siamese), 'x', 'siamese');
    const { 'output.weight': weight, ...others } = tensors;
    const refused = async (bytes: Promise<Uint8Array>): Promise<string> => {
      const written = await bytes;
      try {
        decodeSiamese(written, 'faces.safetensors').dispose();
        return 'accepted';
      } catch (error) {
        return error instanceof ModelFileError ? error.message : `not as a file: ${String(error)}`;
      }
    };
    expect(await refused(encodeBundle('siamese', config, others))).toMatch(
      /^faces.safetensors: tensor output.weight is missing/,
    );
    const two = tensor1d([1, 2]);
    expect(
      await refused(encodeBundle('siamese', config, { ...others, 'output.weight': two })),
    ).toMatch(/output.weight has shape \[2\], expected shape \[1\]/);
    expect(
      await refused(encodeBundle('siamese', { inputs: 3, layers: [], preparation: null }, tensors)),
    ).toMatch(/^faces.safetensors: no layer in it, expected at least one/);
    expect(await refused(encodeBundle('siamese', { inputs: 3, layers: [] }, tensors))).toMatch(
      /^faces.safetensors: not a Siamese net's configuration: /,
    );
    expect(await refused(encodeBundle('classifier', config, tensors))).toMatch(
      /^faces.safetensors: /,
    );
    dispose({ weight: weight!, two, ...others });
    siamese.dispose();
  }));
