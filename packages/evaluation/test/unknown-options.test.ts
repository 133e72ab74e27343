import { createRbm } from '@deepbelief/rbm';
import { binary } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { averageLogLikelihood, exactLogPartition } from '../src/index.ts';

// Options also come from plain JavaScript, where no compiler checks them.
const rbm = createRbm({
  visible: { units: binary(), size: 4 },
  hidden: { units: binary(), size: 2 },
  seed: 1,
});

const cases: readonly [string, () => unknown, string][] = [
  [
    'exactLogPartition',
    () => exactLogPartition(rbm, { batchsize: 1 } as object),
    'unknown option batchsize',
  ],
  [
    'exactLogPartition',
    () => exactLogPartition(rbm, { onProgress: 1 } as object),
    'onProgress is 1, expected a function',
  ],
  [
    'averageLogLikelihood',
    () => averageLogLikelihood(rbm, tensor2d([[0, 0, 0, 0]]), 0, { size: 1 } as object),
    'averageLogLikelihood: unknown option size, expected only batchSize',
  ],
];

test.each(cases)('%s refuses unknown options', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
  await expect(Promise.resolve().then(call)).rejects.toThrow(RangeError);
});
