import { atSite, atStep, foldKey, randomKey } from '@deepbelief/random';
import { describe, expect, test } from 'vitest';
import { titled } from './support/all-units.ts';
import { compute } from './support/tensors.ts';

const inputs = Array.from({ length: 400 }, (_, i) => (i % 7) / 3 - 0.5);

describe.each(titled)('%s', (_, units) => {
  test('the same key gives the same sample, another key another', () => {
    const key = randomKey(42);
    const sample = compute(inputs, (x) => units.sample(x, key));
    expect(compute(inputs, (x) => units.sample(x, randomKey(42)))).toEqual(sample);
    for (const other of [randomKey(43), atSite(key, 1), atStep(key, 1), foldKey(key, 'other')]) {
      expect(compute(inputs, (x) => units.sample(x, other))).not.toEqual(sample);
    }
  });

  test('units of one batch are sampled independently', () => {
    const samples = compute(
      inputs.map(() => 0.3),
      (x) => units.sample(x, randomKey(1)),
    );
    expect(new Set(samples).size).toBeGreaterThan(1);
  });
});
