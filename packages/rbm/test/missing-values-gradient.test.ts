import { useBackend } from '@deepbelief/backend';
import { randomKey } from '@deepbelief/random';
import { expectNoLeak, matrix } from '@deepbelief/test-support/tensors';
import { beforeAll, expect, test } from 'vitest';
import { fillMissing, RbmTrainer, type Rbm, type TrainingOptions } from '../src/index.ts';
import { parameterTensors } from '../src/internal.ts';
import {
  referenceFreeEnergy,
  referenceLogPartition,
  referenceModel,
  visibleStates,
  type ReferenceModel,
} from './support/enumerated-model.ts';
import { logOfObserved, reducedModel, type Gappy } from './support/reduced-model.ts';
import { continuousPairs, finitePairs, smallRbm, type SmallPair } from './support/small-rbms.ts';

// Thousands of examples for dozens of steps: minutes on cpu, which the other tests use.
beforeAll(async () => useBackend({ backend: 'wasm' }));

const gap = undefined;
const pairOf = (title: string): SmallPair =>
  [...finitePairs, ...continuousPairs].find((pair) => pair.title === title)!;

const cases: readonly (readonly [string, readonly Gappy[]])[] = [
  [
    'binary-binary',
    [
      [1, gap, 1, 0],
      [gap, gap, 1, 1],
      [1, 1, 0, 0],
    ],
  ],
  [
    'mixed-binary',
    [
      [1, 0, 0, 1, gap, 0],
      [gap, gap, gap, gap, 0, 3],
      [1, 1, 0, 0, 1, gap],
    ],
  ],
  [
    'mixed-with-learned-sigma-binary',
    [
      [1, gap],
      [gap, 0.25],
      [0, -1.25],
    ],
  ],
];

const known = (rows: readonly Gappy[]): number[][] =>
  rows.map((row) => row.map((value) => (value === gap ? 0 : 1)));
const values = (rows: readonly Gappy[], at = 0): number[][] =>
  rows.map((row) => row.map((value) => value ?? at));

/** Mean log-likelihood of what is observed, the gaps summed out. */
function filledLikelihood(model: ReferenceModel, rows: readonly Gappy[]): number {
  const total = rows.reduce((sum, row) => sum + logOfObserved(model, row), 0);
  return total / rows.length - referenceLogPartition(model);
}

/** Mean log-likelihood where each example has an RBM of the units that are observed. */
function absentLikelihood(model: ReferenceModel, rows: readonly Gappy[]): number {
  const logs = rows.map((row) => {
    const own = reducedModel(model, (i) => row[i] !== gap);
    const state = row.filter((value) => value !== gap);
    return -referenceFreeEnergy(own, state) - referenceLogPartition(own);
  });
  return logs.reduce((a, b) => a + b) / rows.length;
}

type Likelihood = typeof filledLikelihood;

/** Slopes with respect to each parameter, by its name. */
function slopes(
  model: ReferenceModel,
  rows: readonly Gappy[],
  f: Likelihood,
): Record<string, number[]> {
  const slope = (change: (copy: ReferenceModel, by: number) => void): number => {
    const at = (by: number): number => {
      const copy = structuredClone(model);
      change(copy, by);
      return f(copy, rows);
    };
    return (at(1e-4) - at(-1e-4)) / 2e-4;
  };
  const ofList = (name: 'visibleBias' | 'hiddenBias' | 'logPrecision'): number[] =>
    model[name].map((_, i) => slope((copy, by) => (copy[name][i]! += by)));
  return {
    weights: model.weights.flatMap((row, i) =>
      row.map((_, j) => slope((copy, by) => (copy.weights[i]![j]! += by))),
    ),
    'visible.bias': ofList('visibleBias'),
    'hidden.bias': ofList('hiddenBias'),
    'visible.logPrecision': ofList('logPrecision'),
  };
}

const COPIES = 6000;
/** One step of a small rate: what the parameters move by is the gradient. */
async function followed(
  rbm: Rbm,
  rows: readonly Gappy[],
  options: TrainingOptions,
): Promise<Record<string, number[]>> {
  const many = Array.from({ length: COPIES }, () => rows).flat();
  const rate = 1e-3;
  const trainer = new RbmTrainer(rbm, {
    ...options,
    learningRate: rate,
    parameterRate: 1,
    momentum: 0,
    batchSize: many.length,
  });
  const read = (): Record<string, number[]> =>
    Object.fromEntries(
      Object.entries(parameterTensors(rbm)).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
    );
  const before = read();
  const [inputs, observed] = [matrix(values(many)), matrix(known(many))];
  trainer.step(inputs, 0, observed);
  const after = read();
  await trainer.check();
  for (const owner of [trainer, inputs, observed]) owner.dispose();
  return Object.fromEntries(
    Object.entries(after).map(([name, list]) => [
      name,
      list.map((value, i) => (value - before[name]![i]!) / rate),
    ]),
  );
}

/** States have a spread of 3 at most; 5 standard errors of the mean over all rows. */
const TOLERANCE = (5 * 3) / Math.sqrt(3 * COPIES);

test.each(cases)(
  'units that are absent: the step of an RBM of %s units is the gradient of the examples’ own RBMs',
  async (title, rows) => {
    await expectNoLeak(async () => {
      const rbm = smallRbm(pairOf(title), 0.6);
      const expected = slopes(referenceModel(rbm), rows, absentLikelihood);
      const found = await followed(rbm, rows, {
        missing: { type: 'absent' },
        negativePhase: { type: 'cd', steps: 25 },
        reconstruction: 'sample',
      });
      for (const [name, list] of Object.entries(found)) {
        list.forEach((value, i) =>
          expect(Math.abs(value - expected[name]![i]!), `${name} ${i}`).toBeLessThan(TOLERANCE),
        );
      }
      rbm.dispose();
    });
  },
);

test.each(cases)(
  'gaps that are filled: the step of an RBM of %s units is the gradient of what is observed',
  async (title, rows) => {
    await expectNoLeak(async () => {
      const rbm = smallRbm(pairOf(title), 0.6);
      const expected = slopes(referenceModel(rbm), rows, filledLikelihood);
      const found = await followed(rbm, rows, {
        missing: { type: 'filled', sweeps: 25 },
        negativePhase: { type: 'cd', steps: 25 },
        reconstruction: 'sample',
      });
      for (const [name, list] of Object.entries(found)) {
        list.forEach((value, i) =>
          expect(Math.abs(value - expected[name]![i]!), `${name} ${i}`).toBeLessThan(TOLERANCE),
        );
      }
      rbm.dispose();
    });
  },
);

test.each(cases)('filled gaps of %s units have the enumerated means', async (title, rows) => {
  await expectNoLeak(async () => {
    const rbm = smallRbm(pairOf(title), 0.6);
    const model = referenceModel(rbm);
    const row = rows[0]!;
    const many = Array.from({ length: 4000 }, () => row);
    const [inputs, observed] = [matrix(values(many, 7)), matrix(known(many))];
    const filled = fillMissing(rbm, inputs, observed, randomKey(3), 25);
    const found = await filled.array();
    const missing = reducedModel(model, (i) => row[i] === gap);
    const states = visibleStates(missing).map(({ state, logFactor }) => {
      const rest = [...state];
      const whole = row.map((value) => value ?? rest.shift()!);
      return { whole, log: logFactor - referenceFreeEnergy(model, whole) };
    });
    const total = states.reduce((sum, { log }) => sum + Math.exp(log), 0);
    row.forEach((value, i) => {
      const mean = found.reduce((sum, one) => sum + one[i]!, 0) / found.length;
      const moment = (power: number): number =>
        states.reduce((sum, { whole, log }) => sum + whole[i]! ** power * Math.exp(log), 0) / total;
      // 4.9 standard errors: once in a million, were the key not fixed.
      const spread = Math.sqrt(Math.max(moment(2) - moment(1) ** 2, 0) / found.length);
      expect(Math.abs(mean - (value ?? moment(1))), `unit ${i}`).toBeLessThan(4.9 * spread + 1e-5);
    });
    for (const owner of [rbm, inputs, observed, filled]) owner.dispose();
  });
});
