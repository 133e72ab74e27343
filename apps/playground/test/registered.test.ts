import { inMemoryDataset } from '@deepbelief/data';
import { useBackend } from '@deepbelief/backend';
import { memory, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { registeredValues } from '../registered-plugin.ts';
import { preparationFor } from '../src/engine/preparation.ts';
import { unitsOf } from '../src/engine/layer-options.ts';
import { dataForm } from '../src/settings/data-form.ts';
import * as registered from '../src/settings/registered.ts';
import { UNITS } from '../src/settings/settings.ts';

beforeAll(async () => void (await useBackend({ backend: 'cpu' })));

test('the build puts plain data in place of the packages', () => {
  const { load } = registeredValues();
  const file = new URL('../src/settings/registered.ts', import.meta.url).pathname;
  const code = (load as (id: string) => string | undefined)(file)!;
  expect(code).not.toContain('import');
  const values: Record<string, unknown> = {};
  for (const [, name, json] of code.matchAll(/^export const (\w+) = (.*);$/gm))
    values[name!] = JSON.parse(json!);
  expect(values).toEqual({ ...registered });
  expect((load as (id: string) => string | undefined)('/elsewhere.ts')).toBeUndefined();
});

test('images are left as they are, scaled or standardized by the range of the states', () => {
  expect(dataForm({ low: 0, high: 1 })).toBe('as they are');
  expect(dataForm({ low: 0, high: Infinity })).toBe('as they are');
  expect(dataForm({ low: -1, high: 1 })).toBe('scaled');
  expect(dataForm({ low: 0, high: 0.5 })).toBe('scaled');
  expect(dataForm({ low: 1, high: Infinity })).toBe('scaled');
  expect(dataForm({ low: -Infinity, high: 0 })).toBe('scaled');
  expect(dataForm({ low: -Infinity, high: Infinity })).toBe('standardized');
});

test.each(UNITS)(
  '%s visible units get data within their range, and images come back',
  async (type) => {
    const { numTensors } = memory();
    const values = [0, 0.25, 0.5, 1, 0.75, 0.125];
    const inputs = Float32Array.from(values);
    const images = inMemoryDataset({ name: 'images', inputs, shape: [1, 2] });
    const preparation = await preparationFor(type, images);
    const given = tensor2d(values, [3, 2]);
    const data = preparation.to(given);
    const back = preparation.from(data);
    const { low, high } = unitsOf(type).range;
    for (const value of await data.data()) {
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }
    const returned = await back.data();
    for (const [i, value] of values.entries()) expect(returned[i]).toBeCloseTo(value, 5);
    for (const tensor of [given, data, back]) tensor.dispose();
    expect(memory().numTensors).toBe(numTensors);
  },
);
