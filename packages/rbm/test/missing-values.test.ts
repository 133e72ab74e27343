import { inMemoryDataset } from '@deepbelief/data';
import { randomKey } from '@deepbelief/random';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';
import { binary, gaussian, mixed, ordinal, softmax, spin, type Units } from '@deepbelief/units';
import { expect, test } from 'vitest';
import {
  createRbm,
  decodeTrainer,
  encodeTrainer,
  fillMissing,
  RbmTrainer,
  type NegativePhaseOptions,
  type TrainingOptions,
} from '../src/index.ts';
import { parameterTensors } from '../src/internal.ts';
import type { Gappy } from './support/reduced-model.ts';
import { finitePairs, smallRbm } from './support/small-rbms.ts';

const gap = undefined;
const known = (rows: readonly Gappy[]): number[][] =>
  rows.map((row) => row.map((value) => (value === gap ? 0 : 1)));
const values = (rows: readonly Gappy[], at = 0): number[][] =>
  rows.map((row) => row.map((value) => value ?? at));

const layers: readonly (readonly [string, Units, readonly number[]])[] = [
  ['binary', binary(), [1, 0, 0, 1]],
  ['softmax', softmax({ groupSize: 2 }), [1, 0, 0, 1]],
  ['spin', spin(), [1, -1, -1, 1]],
  ['gaussian with learned σ', gaussian({ learnSigma: true }), [0.3, -2, 1, 0.1]],
  [
    'mixed',
    mixed([
      { units: binary(), size: 1 },
      { units: ordinal({ levels: 3 }), size: 1 },
      { units: softmax({ groupSize: 2 }), size: 2 },
    ]),
    [1, 2, 0, 1],
  ],
];
const phases: readonly NegativePhaseOptions[] = [
  { type: 'cd' },
  { type: 'pcd', chains: 3 },
  { type: 'fpcd' },
];

/** The parameters after some steps. */
function trained(
  units: Units,
  rows: readonly Gappy[],
  options: TrainingOptions,
  mask?: readonly Gappy[],
  atGaps = 0,
): number[][] {
  const rbm = createRbm({ visible: { units, size: 4 }, hidden: { units: binary(), size: 3 } });
  const trainer = new RbmTrainer(rbm, { ...options, batchSize: rows.length });
  const inputs = matrix(values(rows, atGaps));
  const observed = mask && matrix(known(mask));
  for (let i = 0; i < 3; i++) trainer.step(inputs, 0, observed);
  const found = Object.values(parameterTensors(rbm)).map((tensor) => [...tensor.dataSync()]);
  for (const owner of [rbm, trainer, inputs]) owner.dispose();
  observed?.dispose();
  return found;
}

test.each(layers)(
  'a mask without gaps changes no bit of what %s units learn',
  async (_, units, row) => {
    await expectNoLeak(async () => {
      await Promise.resolve();
      const rows = [row, row];
      for (const negativePhase of phases) {
        const options = { negativePhase, centering: true };
        const plain = trained(units, rows, options);
        for (const type of ['absent', 'filled'] as const) {
          expect(trained(units, rows, { ...options, missing: { type } }, rows)).toEqual(plain);
        }
      }
    });
  },
);

test.each(layers)('what stands in the gaps of %s units does not matter', async (_, units, row) => {
  await expectNoLeak(async () => {
    await Promise.resolve();
    const gappy = row.map((value, i) => (i < 2 ? gap : value));
    const rows = [gappy, row];
    for (const negativePhase of phases) {
      for (const type of ['absent', 'filled'] as const) {
        const options = { negativePhase, missing: { type } };
        const learned = trained(units, rows, options, rows, 0);
        expect(trained(units, rows, options, rows, NaN)).toEqual(learned);
        expect(trained(units, rows, options, rows, 1e9)).toEqual(learned);
        expect(learned.flat().every(Number.isFinite)).toBe(true);
      }
    }
  });
});

test('the trainer takes the gaps of a dataset', async () => {
  await expectNoLeak(async () => {
    const [inputs, missing] = [Float32Array.of(1, NaN, 0, 1, 0, 1, NaN, 1), 'nan'] as const;
    const data = inMemoryDataset({ name: 'table', inputs, shape: [4], missing });
    const run = async (options: TrainingOptions): Promise<number[][]> => {
      const rbm = smallRbm(finitePairs[0]!);
      const trainer = new RbmTrainer(rbm, { batchSize: 2, ...options });
      try {
        for await (const { reconstructionError } of trainer.epochs(data, 2))
          expect(reconstructionError).toBeGreaterThan(0);
        return Object.values(parameterTensors(rbm)).map((tensor) => [...tensor.dataSync()]);
      } finally {
        for (const owner of [trainer, rbm]) owner.dispose();
      }
    };
    const learned = await run({ missing: { type: 'filled' } });
    expect(await run({ missing: { type: 'filled' } })).toEqual(learned);
    expect(await run({ missing: { type: 'absent' } })).not.toEqual(learned);
    await expect(run({})).rejects.toThrow('the minibatch has missing values');
  });
});

test('a softmax group with a gap is missing as a whole', () => {
  const units = softmax({ groupSize: 2 });
  for (const type of ['absent', 'filled'] as const) {
    const options = { missing: { type } };
    const part = trained(units, [[1, 0, 0, 1]], options, [[1, 1, gap, 1]]);
    expect(part).toEqual(trained(units, [[1, 0, gap, gap]], options, [[1, 1, gap, gap]]));
  }
});

test('missing values without the option, and masks that do not fit, are one-line errors', () => {
  const rbm = smallRbm(finitePairs[0]!);
  const [inputs, short, few] = [
    matrix([[1, 0, 0, 1]]),
    matrix([[1, 0]]),
    matrix([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ]),
  ];
  const fill = (mask: typeof short, sweeps = 1): unknown =>
    fillMissing(rbm, inputs, mask, randomKey(1), sweeps);
  expect(() => fill(short)).toThrow('fillMissing: observed has shape [1, 2], expected [batch, 4]');
  expect(() => fill(few)).toThrow('fillMissing: observed has 2 rows, expected 1, one per example');
  expect(() => fill(inputs, 0)).toThrow('fillMissing: sweeps is 0, expected a whole number');
  expect(() => new RbmTrainer(rbm, { missing: { type: 'mean' } as never })).toThrow(
    'training options: missing.type is "mean", expected one of absent, filled',
  );
  expect(() => new RbmTrainer(rbm, { missing: { type: 'filled', sweeps: 0 } })).toThrow(
    'training options: missing.sweeps is 0, expected a whole number',
  );
  expect(() => new RbmTrainer(rbm, { missing: { type: 'absent', sweeps: 2 } as never })).toThrow(
    'training options, missing: unknown option sweeps',
  );
  const trainer = new RbmTrainer(rbm);
  expect(() => trainer.step(inputs, 0, inputs)).toThrow(
    'training the RBM: the minibatch has missing values, expected the option missing: { type: ',
  );
  for (const owner of [trainer, rbm, inputs, short, few]) owner.dispose();
});

test.each(phases)(
  'a run with gaps that resumes from a checkpoint ends with the same bytes: %j',
  async (negativePhase) => {
    await expectNoLeak(async () => {
      const pair = finitePairs.find(({ title }) => title === 'mixed-binary')!;
      const rows = [
        [1, 0, 0, 1, gap, 0],
        [gap, gap, gap, gap, 0, 3],
        [1, 1, 0, 0, 1, gap],
      ];
      const [inputs, observed] = [matrix(values(rows)), matrix(known(rows))];
      for (const missing of [{ type: 'absent' }, { type: 'filled', sweeps: 2 }] as const) {
        const options: TrainingOptions = { missing, negativePhase, batchSize: 3 };
        const rbm = smallRbm(pair);
        const trainer = new RbmTrainer(rbm, options);
        trainer.step(inputs, 0, observed);
        const resumed = decodeTrainer(await encodeTrainer(trainer), 'run', options);
        for (const one of [trainer, resumed]) one.step(inputs, 0, observed);
        expect(await encodeTrainer(resumed)).toEqual(await encodeTrainer(trainer));
        for (const owner of [trainer, rbm, resumed.rbm, resumed]) owner.dispose();
      }
      inputs.dispose();
      observed.dispose();
    });
  },
);
