import { binary, gaussian, nrelu } from '@deepbelief/units';
import { expect, test } from 'vitest';
import {
  createRbm,
  hiddenMean,
  RbmTrainer,
  type EpochReport,
  type TrainingOptions,
} from '../src/index.ts';
import { barsAndStripes, randomBits, randomNormals, rowsDataset } from './support/datasets.ts';
import { meanLogLikelihood, referenceModel } from './support/enumerated-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';
import { expectClose, expectNoLeak, matrix, take } from '@deepbelief/test-support/tensors';

async function finish(epochs: AsyncIterable<EpochReport>): Promise<EpochReport[]> {
  const reports: EpochReport[] = [];
  for await (const report of epochs) reports.push(report);
  return reports;
}

test.each<[string, TrainingOptions]>([
  [
    'CD',
    { negativePhase: { type: 'cd', steps: 5 }, learningRate: { from: 0.5, to: 0.05, epochs: 600 } },
  ],
  [
    'PCD',
    {
      negativePhase: { type: 'pcd', chains: 50 },
      learningRate: { from: 0.5, to: 0.05, epochs: 600 },
    },
  ],
  [
    'centered CD',
    {
      negativePhase: { type: 'cd', steps: 3 },
      centering: true,
      learningRate: { from: 1, to: 0.1, epochs: 600 },
    },
  ],
])('%s learns bars and stripes', async (_name, options) => {
  await expectNoLeak(async () => {
    const patterns = barsAndStripes(2);
    const rbm = createRbm({
      visible: { units: binary(), size: 4 },
      hidden: { units: binary(), size: 6 },
      weightScale: 0.3,
      seed: 1,
    });
    const trainer = new RbmTrainer(rbm, { batchSize: 6, momentum: 0.5, ...options });
    const before = meanLogLikelihood(referenceModel(rbm), patterns);
    await finish(trainer.epochs(rowsDataset([...patterns, ...patterns]), 600));
    const after = meanLogLikelihood(referenceModel(rbm), patterns);
    // No model is better than one that knows the six patterns and nothing else.
    const bound = -Math.log(6);
    expect(before).toBeLessThan(bound - 0.8);
    expect(after).toBeLessThanOrEqual(bound);
    expect(after).toBeGreaterThan(bound - 0.3);
    trainer.dispose();
    rbm.dispose();
  });
});

test('σ is learned from data of known spread', async () => {
  await expectNoLeak(async () => {
    const sigmas = [0.5, 1, 2];
    const rbm = createRbm({
      visible: { units: gaussian({ learnSigma: true }), size: 3 },
      hidden: { units: binary(), size: 1 },
      weightScale: 0,
    });
    const trainer = new RbmTrainer(rbm, {
      learningRate: 0.002,
      parameterRate: 50,
      momentum: 0.5,
      batchSize: 200,
    });
    await finish(trainer.epochs(randomNormals(2000, sigmas), 20));
    const learned = [...rbm.visible.parameters.logPrecision!.dataSync()].map((value) =>
      Math.exp(-value / 2),
    );
    // Standard error 1.6 % of the data's σ, and a little noise of the last steps.
    expectClose(learned, sigmas, { relative: 0.08, absolute: 0 });
    trainer.dispose();
    rbm.dispose();
  });
});

test('σ does not run away at a high rate', async () => {
  await expectNoLeak(async () => {
    const sigmas = [0.5, 1, 2];
    const rbm = createRbm({
      visible: { units: gaussian({ learnSigma: true }), size: 3 },
      hidden: { units: binary(), size: 2 },
    });
    const trainer = new RbmTrainer(rbm, {
      learningRate: 0.01,
      parameterRate: 10_000,
      batchSize: 200,
    });
    await finish(trainer.epochs(randomNormals(2000, sigmas), 10));
    const learned = [...rbm.visible.parameters.logPrecision!.dataSync()].map((value) =>
      Math.exp(-value / 2),
    );
    expectClose(learned, sigmas, { relative: 0.3, absolute: 0 });
    trainer.dispose();
    rbm.dispose();
  });
});

test('a sparsity target is reached', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 12 },
      hidden: { units: binary(), size: 8 },
    });
    const trainer = new RbmTrainer(rbm, {
      sparsity: { target: 0.1, cost: 2, decay: 0.9 },
      learningRate: 0.2,
      momentum: 0.5,
      batchSize: 50,
    });
    const data = randomBits(200, 12);
    const activity = async (): Promise<number[]> => {
      const inputs = await data.inputsAt(Uint32Array.from({ length: 200 }, (_, i) => i));
      const means = take(hiddenMean(rbm, inputs));
      inputs.dispose();
      return Array.from({ length: 8 }, (_, j) =>
        means.reduce((sum, p, k) => (k % 8 === j ? sum + p / 200 : sum), 0),
      );
    };
    expectClose(
      await activity(),
      Array.from({ length: 8 }, () => 0.5),
      { relative: 0, absolute: 0.05 },
    );
    await finish(trainer.epochs(data, 40));
    expectClose(
      await activity(),
      Array.from({ length: 8 }, () => 0.1),
      { relative: 0, absolute: 0.03 },
    );
    trainer.dispose();
    rbm.dispose();
  });
});

test('hidden biases fixed at zero stay exactly zero', async () => {
  await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: binary(), size: 6 },
      hidden: { units: nrelu(), size: 4 },
      zeroHiddenBias: true,
    });
    const trainer = new RbmTrainer(rbm, { sparsity: { target: 0.2, cost: 1 }, batchSize: 10 });
    await finish(trainer.epochs(randomBits(30, 6), 3));
    expect([...rbm.hidden.bias.dataSync()]).toEqual([0, 0, 0, 0]);
    expect(rbm.visible.bias.dataSync().some((bias) => bias !== 0)).toBe(true);
    trainer.dispose();
    rbm.dispose();
  });
});

test('epochs report position and error, and go on from where they were broken off', async () => {
  await expectNoLeak(async () => {
    const data = randomBits(25, 4);
    const run = async (
      breakAfter: number,
    ): Promise<{ weights: number[]; reports: EpochReport[] }> => {
      const rbm = smallRbm(finitePairs[0]!);
      const trainer = new RbmTrainer(rbm, { batchSize: 10 });
      const reports = await finish(trainer.epochs(data, breakAfter));
      reports.push(...(await finish(trainer.epochs(data, 3))));
      expect(trainer.position).toEqual({ step: 9, epoch: 3, batch: 0 });
      const weights = [...rbm.weights.dataSync()];
      trainer.dispose();
      rbm.dispose();
      return { weights, reports };
    };
    const whole = await run(3);
    expect(whole.reports.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 3],
      [2, 6],
      [3, 9],
    ]);
    expect(
      whole.reports.every(
        ({ reconstructionError }) => reconstructionError! > 0 && reconstructionError! < 1,
      ),
    ).toBe(true);
    expect(await run(1)).toEqual(whole);
  });
});

test('persistent chains have no reconstruction error', async () => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(finitePairs[0]!);
    const trainer = new RbmTrainer(rbm, {
      batchSize: 10,
      negativePhase: { type: 'pcd', chains: 7 },
    });
    const [report] = await finish(trainer.epochs(randomBits(20, 4), 1));
    expect(report).toEqual({ epoch: 1, step: 2, reconstructionError: undefined });
    expect(trainer.state()['chain.fantasy']!.shape).toEqual([7, 4]);
    trainer.dispose();
    rbm.dispose();
  });
});

test('onStep is awaited after each step with its position', async () => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(finitePairs[0]!);
    const trainer = new RbmTrainer(rbm, { batchSize: 10 });
    const seen: number[][] = [];
    const note = async ({
      step,
      epoch,
      batch,
    }: {
      step: number;
      epoch: number;
      batch: number;
    }): Promise<void> => {
      await Promise.resolve();
      seen.push([step, epoch, batch]);
    };
    await finish(trainer.epochs(randomBits(25, 4), 2, note));
    expect(seen).toEqual([
      [1, 0, 1],
      [2, 0, 2],
      [3, 1, 0],
      [4, 1, 1],
      [5, 1, 2],
      [6, 2, 0],
    ]);
    trainer.dispose();
    rbm.dispose();
  });
});

test('the same seed gives the same bits, another seed others', async () => {
  await expectNoLeak(async () => {
    const run = async (seed: number): Promise<number[]> => {
      const rbm = smallRbm(finitePairs[0]!);
      const trainer = new RbmTrainer(rbm, { batchSize: 10, seed });
      await finish(trainer.epochs(randomBits(25, 4), 2));
      const weights = [...rbm.weights.dataSync()];
      trainer.dispose();
      rbm.dispose();
      return weights;
    };
    expect(await run(1)).toEqual(await run(1));
    expect(await run(2)).not.toEqual(await run(1));
  });
});

test('a minibatch of the wrong shape is told by layer and shape', async () => {
  await expectNoLeak(() => {
    const rbm = smallRbm(finitePairs[0]!);
    const trainer = new RbmTrainer(rbm, { name: 'layer 2' });
    const batch = matrix([[1, 0, 1]]);
    expect(() => trainer.step(batch)).toThrow(
      'training layer 2: minibatch has shape [1, 3], expected [batch, 4]',
    );
    expect(trainer.position.step).toBe(0);
    batch.dispose();
    trainer.dispose();
    rbm.dispose();
  });
});
