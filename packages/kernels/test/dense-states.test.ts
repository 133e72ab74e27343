import { randomKey } from '@deepbelief/random';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { add, dispose, matMul, tidy, transpose, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { denseStates } from '../src/index.ts';
import { expectNoLeak, matrix, vector } from '@deepbelief/test-support/tensors';

const key = randomKey(5);

describe.each([binary(), nrelu(), gaussian({ learnSigma: true })])(
  'dense states of $type units',
  (units) => {
    test.each([false, true])(
      'are those of the unit type at states · W + bias; W transposed: %s',
      async (transposed) => {
        await expectNoLeak(() => {
          const plain = matrix([
            [0.5, -1, 2],
            [1, 0.25, -0.5],
          ]);
          const weights: Tensor2D = transposed ? transpose(plain) : plain;
          const bias = vector([0.1, -0.2, 0.3]);
          const states = matrix([
            [1, 2],
            [0, -1],
            [3, 0.5],
            [-2, 1],
          ]);
          const parameters =
            units.config['learnSigma'] === true ? { logPrecision: vector([0, 1, -1]) } : {};
          const layer = { units, parameters, weights, bias, transposed };
          const found = denseStates(layer, states, { mean: true, sample: key });
          const input = tidy(() => add<Tensor2D>(matMul(states, plain), bias));
          const [mean, sample] = [
            units.mean(input, parameters),
            units.sample(input, key, parameters),
          ];
          expect(found.mean.shape).toEqual([4, 3]);
          expect([...found.mean.dataSync()]).toEqual([...mean.dataSync()]);
          expect([...found.sample.dataSync()]).toEqual([...sample.dataSync()]);
          const alone = denseStates(layer, states, { sample: key });
          expect(alone.mean).toBeUndefined();
          expect([...alone.sample.dataSync()]).toEqual([...sample.dataSync()]);
          dispose([found, alone.sample, input, mean, sample, plain, bias, states, parameters]);
          if (transposed) weights.dispose();
        });
      },
    );
  },
);
