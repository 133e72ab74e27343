import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { reconstructionSheet } from '../src/index.ts';
import { picture } from './support/pixels.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

beforeAll(() => setBackend('cpu'));

test('each reconstruction is right beneath its original', async () => {
  await expectNoLeak(async () => {
    const originals = tensor2d([
      [0, 1],
      [1, 1],
    ]);
    const reconstructions = tensor2d([
      [0.2, 0.8],
      [0.6, 1],
    ]);
    expect(
      picture(await reconstructionSheet(originals, reconstructions, [1, 2], { gap: 1 })),
    ).toEqual(['0 255 . 255 255', '51 204 . 153 255']);
    originals.dispose();
    reconstructions.dispose();
  });
});

test('shapes that do not agree are refused', async () => {
  await expectNoLeak(async () => {
    const originals = tensor2d([[0, 1]]);
    const reconstructions = tensor2d([[0], [1]]);
    await expect(reconstructionSheet(originals, reconstructions, [1, 2])).rejects.toThrow(
      'reconstructionSheet: reconstructions has shape [2, 1], expected that of the originals, [1, 2]',
    );
    await expect(reconstructionSheet(originals, originals, [2, 2])).rejects.toThrow(
      'originals has shape [1, 2], expected [examples, 4] for images of shape [2, 2]',
    );
    originals.dispose();
    reconstructions.dispose();
  });
});

test.each(['wasm', 'cpu'])(
  'integers beside floats are the numbers that they are, on %s',
  async (backend) => {
    await setBackend(backend);
    await expectNoLeak(async () => {
      const originals = tensor2d([[0, 1]], [1, 2], 'int32');
      const reconstructions = tensor2d([[0.2, 0.8]]);
      expect(picture(await reconstructionSheet(originals, reconstructions, [1, 2]))).toEqual([
        '0 255',
        '51 204',
      ]);
      originals.dispose();
      reconstructions.dispose();
    });
  },
);
