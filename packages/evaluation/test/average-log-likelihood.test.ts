import { inMemoryDataset, type Dataset } from '@deepbelief/data';
import { binary } from '@deepbelief/units';
import { tensor2d } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { averageLogLikelihood, exactLogPartition } from '../src/index.ts';
import {
  combine,
  countsWithEnergies,
  exampleRbm,
  jointEnergy,
  logSum,
} from './support/enumeration.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const states = (sites: number): ReturnType<typeof combine> =>
  combine(sites, countsWithEnergies([0, 0]));
const example = (): ReturnType<typeof exampleRbm> =>
  exampleRbm({ units: binary(), size: 4 }, { units: binary(), size: 3 });

test('it is the mean of enumerated log-probabilities, for tensors and datasets', async () => {
  await expectNoLeak(async () => {
    const made = example();
    const all = states(4);
    const weights = all.map((v) => logSum(states(3).map((h) => -jointEnergy(made, v, h))));
    const logs = weights.map((weight) => weight - logSum(weights));
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);

    const logPartition = await exactLogPartition(made.rbm);
    const rows = all.map((state) => [...state.values]);
    const visible = tensor2d(rows);
    const dataset = inMemoryDataset({
      name: 'all states',
      inputs: Float32Array.from(rows.flat()),
      shape: [2, 2],
    });
    for (const data of [visible, dataset]) {
      const found = await averageLogLikelihood(made.rbm, data, logPartition, { batchSize: 5 });
      expect(found.n).toBe(16);
      expect(found.mean).toBeCloseTo(mean, 5);
      expect(found.se).toBeCloseTo(Math.sqrt(variance / 16), 5);
    }
    visible.dispose();
    made.rbm.dispose();
  });
});

test('the probabilities of all states sum to 1', async () => {
  await expectNoLeak(async () => {
    const made = example();
    const logPartition = await exactLogPartition(made.rbm);
    let sum = 0;
    for (const state of states(4)) {
      const visible = tensor2d([[...state.values]]);
      sum += Math.exp((await averageLogLikelihood(made.rbm, visible, logPartition)).mean);
      visible.dispose();
    }
    expect(sum).toBeCloseTo(1, 5);
    made.rbm.dispose();
  });
});

test('examples of another size and a partition function that is not finite are refused', async () => {
  await expectNoLeak(async () => {
    const made = example();
    const visible = tensor2d([[0, 1, 1]]);
    const dataset = inMemoryDataset({ name: 'three', inputs: new Float32Array(3), shape: [3] });
    await expect(averageLogLikelihood(made.rbm, visible, 0)).rejects.toThrow(
      'shape [1, 3], expected [batch, 4]',
    );
    await expect(averageLogLikelihood(made.rbm, dataset, 0)).rejects.toThrow(
      'shape [1, 3], expected [batch, 4]',
    );
    await expect(averageLogLikelihood(made.rbm, visible, NaN)).rejects.toThrow(
      'logPartition is NaN',
    );
    visible.dispose();
    made.rbm.dispose();
  });
});

test('a dataset with no examples, or with fewer or more than its size, has no average', async () => {
  await expectNoLeak(async () => {
    const made = example();
    const four = inMemoryDataset({ name: 'four', inputs: new Float32Array(16), shape: [4] });
    for (const [size, message] of [
      [5, 'averageLogLikelihood: four gave 4 examples, but its size is 5'],
      [3, 'averageLogLikelihood: four gave 4 or more examples, but its size is 3'],
    ] as const) {
      await expect(averageLogLikelihood(made.rbm, { ...four, size }, 0)).rejects.toThrow(message);
    }
    const none: Dataset = { name: 'none', shape: [4], size: 0, batches: async function* () {} };
    await expect(averageLogLikelihood(made.rbm, none, 0)).rejects.toThrow('none gave no examples');
    made.rbm.dispose();
  });
});
