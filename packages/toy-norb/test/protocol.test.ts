import {
  NORB_CATEGORIES,
  NORB_INSTANCES,
  NORB_VARIANTS,
  type NorbSet,
  type NorbVariant,
} from '@deepbelief/norb';
import { expect, test } from 'vitest';
import { exampleOrder, INSTANCES, setKey } from '../src/protocol.ts';

const cases: readonly (readonly [NorbVariant, NorbSet])[] = [
  ['small', 'training'],
  ['jittered-cluttered', 'training'],
  ['jittered-cluttered', 'testing'],
];

test('instances are divided as in NORB', () => {
  expect(INSTANCES).toEqual(NORB_INSTANCES);
});

test.each(cases)('a round of %s NORB, %s, shows every configuration once', (variant, set) => {
  const example = exampleOrder(variant, set, setKey(1, variant, set));
  const { pairs, categories } = NORB_VARIANTS[variant];
  const seen = new Map<string, number>();
  for (let i = 0; i < pairs; i++) {
    const { category, info } = example(i);
    if (category !== NORB_CATEGORIES[i % categories]) throw new Error(`pair ${i} is a ${category}`);
    const name = [category, info.instance, info.elevation, info.azimuth, info.lighting].join();
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const none = seen.get('none,-1,-1,-1,-1');
  expect(none).toBe(categories === 6 ? 4860 : undefined);
  seen.delete('none,-1,-1,-1,-1');
  expect(seen.size).toBe(5 * 5 * 9 * 18 * 6);
  expect(new Set(seen.values())).toEqual(new Set([1]));
  const columns = [...seen.keys()].map((name) => name.split(',').slice(1).map(Number));
  const values = (column: number): number[] =>
    [...new Set(columns.map((row) => row[column]!))].toSorted((a, b) => a - b);
  expect(values(0)).toEqual(NORB_INSTANCES[set]);
  expect(values(1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(values(2)).toEqual(Array.from({ length: 18 }, (_, i) => 2 * i));
  expect(values(3)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the second round is in another order', () => {
  const example = exampleOrder('small', 'training', setKey(1, 'small', 'training'));
  const infos = (start: number): unknown[] =>
    Array.from({ length: 50 }, (_, i) => example(start + i).info);
  expect(infos(24_300)).not.toEqual(infos(0));
});

test('jitter fills its ranges, and small NORB has none', () => {
  const example = exampleOrder(
    'jittered-cluttered',
    'training',
    setKey(3, 'jittered-cluttered', 'training'),
  );
  const examples = Array.from({ length: 2000 }, (_, i) => example(i));
  const values: Record<string, Set<number>> = {};
  for (const { info } of examples) {
    for (const [name, value] of Object.entries({ ...info.jitter! }))
      (values[name] ??= new Set()).add(value);
  }
  const blanks = examples
    .filter(({ category }) => category === 'none')
    .map(({ info }) => Object.values({ ...info.jitter! }));
  expect(new Set(blanks.flat())).toEqual(new Set([0]));
  const range = (low: number, high: number): Set<number> =>
    new Set(Array.from({ length: high - low + 1 }, (_, i) => low + i));
  expect(values).toEqual({
    horizontalShift: range(-5, 5),
    verticalShift: range(-5, 5),
    luminance: range(-19, 19),
    contrast: range(0, 1),
    scale: range(0, 1),
    rotation: range(-4, 4),
  });
  expect(
    exampleOrder('small', 'testing', setKey(3, 'small', 'testing'))(0).info.jitter,
  ).toBeUndefined();
});

test('sets and seeds differ', () => {
  const infos = (seed: number, set: NorbSet): unknown[] => {
    const example = exampleOrder(
      'jittered-cluttered',
      set,
      setKey(seed, 'jittered-cluttered', set),
    );
    return Array.from({ length: 60 }, (_, i) => ({ ...example(i).info, instance: 0 }));
  };
  expect(infos(1, 'training')).not.toEqual(infos(2, 'training'));
  expect(infos(1, 'training')).not.toEqual(infos(1, 'testing'));
});
