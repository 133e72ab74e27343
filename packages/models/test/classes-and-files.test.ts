import { expectNoLeak } from '@deepbelief/test-support/tensors';
import { expect, test } from 'vitest';
import {
  classes,
  decodeModel,
  encodeModel,
  fit,
  impute,
  predict,
  probabilities,
  score,
  transform,
} from '../src/index.ts';
import { people, withGaps } from './support/people.ts';

const ROWS = 80;
const whole = people(ROWS);
const table = withGaps(whole);
/** Each row has its city, the label. */
const labeled = {
  columns: table.columns,
  rows: table.rows.map((row, i) => row.map((cell, j) => (j === 3 ? whole.rows[i]![3]! : cell))),
};
const options = { units: 'relu', layers: [4], epochs: 20, fineTuneEpochs: 100 } as const;

test('a labeled table makes a classifier, which its file keeps with all else', async () => {
  await expectNoLeak(async () => {
    const model = await fit(labeled, { ...options, label: 'city' });
    expect(classes(model)).toEqual(['Bern', 'Biel', 'Chur']);
    const found = await predict(model, labeled);
    const right = found.filter((name, i) => name === labeled.rows[i]![3]).length;
    expect(right / found.length).toBeGreaterThan(0.75);
    const shares = await probabilities(model, labeled);
    expect(shares.shape).toEqual([ROWS, 3]);
    for (let i = 0; i < ROWS; i++) {
      const own = shares.data.subarray(3 * i, 3 * i + 3);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(classes(model)[own.indexOf(Math.max(...own))]).toBe(found[i]);
    }
    // Rows without the label's column are as good.
    const unlabeled = {
      columns: labeled.columns.filter((name) => name !== 'city'),
      rows: labeled.rows.map((row) => row.filter((_, j) => j !== 3)),
    };
    expect(await predict(model, unlabeled)).toEqual(found);
    const bytes = await encodeModel(model);
    const loaded = decodeModel(bytes, 'model.safetensors');
    expect(await encodeModel(loaded)).toEqual(bytes);
    expect(loaded.inputs).toEqual(JSON.parse(JSON.stringify(model.inputs)));
    expect(await probabilities(loaded, unlabeled)).toEqual(shares);
    expect(await score(loaded, labeled)).toEqual(await score(model, labeled));
    model.dispose();
    loaded.dispose();
  });
});

test('arrays with labels make a classifier; features have a column for each hidden unit', async () => {
  await expectNoLeak(async () => {
    const data = Float32Array.from(
      { length: 80 },
      (_, i) => (i % 4 < 2 ? 0.9 : 0.1) + (i % 3) / 50,
    );
    const array = { dtype: 'float32', shape: [20, 4], data } as const;
    const labels = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'b' : 'a'));
    const alternating = {
      ...array,
      data: data.map((value, i) => (Math.floor(i / 4) % 2 === 0 ? value : 1 - value)),
    };
    const one = { units: 'binary', layers: [6], epochs: 5, fineTuneEpochs: 600 } as const;
    const model = await fit(alternating, { ...one, labels });
    expect(await predict(model, alternating)).toEqual(labels);
    model.dispose();
    const stack = await fit(alternating, { units: 'binary', layers: [6, 3], epochs: 2 });
    const features = await transform(stack, alternating);
    expect(features.shape).toEqual([20, 3]);
    expect((await transform(stack, alternating, { layer: 1 })).shape).toEqual([20, 6]);
    expect(features.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    stack.dispose();
  });
});

test('a model without a label predicts nothing, and says how it would', async () => {
  const model = await fit(table, { units: 'gaussian', layers: [1], epochs: 1 });
  await expect(predict(model, table)).rejects.toThrow(
    'predict: the model was trained without a label, expected one with classes: train it again ' +
      'and name the label',
  );
  expect(() => decodeModel(new Uint8Array(3), 'model.safetensors')).toThrow('model.safetensors');
  model.dispose();
  await expect(impute(model, table)).rejects.toThrow('Model: it is disposed');
});
