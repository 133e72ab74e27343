import { expect, test } from 'vitest';
import {
  fineTuningInWords,
  layerInWords,
  negativePhaseInWords,
  scheduleInWords,
} from '../src/in-words.ts';
import type { LayerPlan } from '../src/job.ts';
import { fineTuningPlan, stackPlan } from '../src/recipes.ts';

test('schedules are told in words', () => {
  expect(scheduleInWords(0.02)).toBe('0.02');
  expect(scheduleInWords(0.015 / 7396)).toBe('0.00000202812');
  expect(
    scheduleInWords([
      [0, 0.5],
      [2, 0.9],
    ]),
  ).toBe('0.5, then 0.9 from epoch 3 on');
  expect(scheduleInWords({ from: 0.001, to: 0, epochs: 10 })).toBe(
    'falling from 0.001 to 0 over 10 epochs',
  );
  expect(scheduleInWords({ from: 1, to: 5, epochs: 1 })).toBe('rising from 1 to 5 over 1 epoch');
});

test('negative phases have the names of the field, and their steps', () => {
  expect(negativePhaseInWords()).toBe('CD-1');
  expect(negativePhaseInWords({ type: 'cd', steps: 10 })).toBe('CD-10');
  expect(negativePhaseInWords({ type: 'pcd', steps: 1, chains: 50 })).toBe('PCD-1 with 50 chains');
  expect(
    negativePhaseInWords({
      type: 'cd',
      steps: [
        [0, 1],
        [4, 5],
      ],
    }),
  ).toBe('CD-k, k 1, then 5 from epoch 5 on');
});

test('the layers of a recipe are told in words', () => {
  const [first] = stackPlan({ units: 'nrelu', sizes: [500], epochs: [5], seed: 1 });
  expect(layerInWords(first!)).toBe(
    '500 nrelu units on binary visible units; 5 epochs of CD-1; learning rate 0.02; ' +
      'momentum 0.5, then 0.9 from epoch 3 on; weight decay 0.0002; minibatches of 100',
  );
});

test('every option of a layer is told, whatever it is', () => {
  const plan: LayerPlan = {
    size: 10,
    visible: { type: 'gaussian' },
    hidden: { type: 'binary' },
    zeroHiddenBias: true,
    weightScale: 0.02,
    epochs: 1,
    training: {
      seed: 3,
      negativePhase: { type: 'pcd', steps: 2 },
      sparsity: { target: 0.1, cost: 3 },
      centering: true,
      keepZeros: false,
      maxNorm: 4,
      statistics: 'sample',
      weightDecay: { l1: 0.1 },
      batchSize: 20,
    },
  };
  expect(layerInWords(plan)).toBe(
    '10 binary units without biases on gaussian visible units; starting weights from N(0, 0.02²); ' +
      '1 epoch of PCD-2; sparsity (target 0.1, cost 3); centering; max norm 4; statistics sample; ' +
      'L1 weight decay 0.1; minibatches of 20',
  );
});

test('fine-tuning is told in words', () => {
  expect(fineTuningInWords({ epochs: 10, fineTuning: fineTuningPlan(10, 1, true) })).toBe(
    '10 epochs with Adam; learning rate falling from 0.001 to 0 over 10 epochs; ' +
      'dropout of 20% of the inputs and 50% of the hidden units; minibatches of 100',
  );
  const fineTuning = {
    optimizer: { type: 'sgd', momentum: 0.9 },
    layerRates: [1, 0.5],
    earlyStopping: { patience: 3 },
  } as const;
  expect(fineTuningInWords({ epochs: 1, fineTuning })).toBe(
    '1 epoch with SGD, momentum 0.9; layer rates 1, 0.5; ' +
      'stops after 3 epochs without a lower error; minibatches of 100',
  );
  const chain = { optimizer: [{ type: 'clip-norm', norm: 1 }, { type: 'adam' }] } as const;
  expect(fineTuningInWords({ epochs: 2, fineTuning: chain })).toBe(
    '2 epochs with clip norm, norm 1, then Adam; minibatches of 100',
  );
});
