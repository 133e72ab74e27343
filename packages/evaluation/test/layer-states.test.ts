import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
} from '@deepbelief/units';
import { expect, test } from 'vitest';
import { layerStates } from '../src/layer-states.ts';

function listed(layer: Parameters<typeof layerStates>[0]): string[] {
  const states = layerStates(layer)!;
  const values = states.rows(0, states.count);
  return Array.from({ length: states.count }, (_, i) =>
    [...values.subarray(i * layer.size, (i + 1) * layer.size)].join(' '),
  );
}

test('each state of a layer is listed once', () => {
  expect(listed({ units: binary(), size: 2 }).toSorted()).toEqual(['0 0', '0 1', '1 0', '1 1']);
  expect(listed({ units: spin(), size: 1 }).toSorted()).toEqual(['-1', '1']);
  expect(listed({ units: softmax({ groupSize: 3 }), size: 3 }).toSorted()).toEqual([
    '0 0 1',
    '0 1 0',
    '1 0 0',
  ]);
  expect(new Set(listed({ units: softmax({ groupSize: 3 }), size: 9 })).size).toBe(27);
  expect(new Set(listed({ units: binomial({ copies: 4 }), size: 3 })).size).toBe(125);
  expect(new Set(listed({ units: steppedSigmoid({ copies: 2 }), size: 4 })).size).toBe(81);
});

test('any range of states is that range of the whole list', () => {
  const states = layerStates({ units: binomial({ copies: 2 }), size: 5 })!;
  expect(states.rows(100, 7)).toEqual(states.rows(0, 243).slice(500, 535));
});

test('the number of states is known even if there are too many to list', () => {
  expect(layerStates({ units: binary(), size: 4000 })).toMatchObject({
    count: Infinity,
    bits: 4000,
  });
});

test('units with infinitely many states have no list', () => {
  for (const units of [gaussian(), nrelu(), relu(), steppedSigmoid()]) {
    expect(layerStates({ units, size: 2 })).toBeUndefined();
  }
});
