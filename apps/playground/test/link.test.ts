import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLink, toLink } from '../src/settings/link.ts';
import {
  DEFAULT_LAYER,
  DEFAULT_RUN,
  ALGORITHMS,
  RANGES,
  runSchema,
  UNITS,
} from '../src/settings/settings.ts';

const number = ({ min, max }: { min: number; max: number }) => fc.double({ min, max, noNaN: true });
const layer = fc.record({
  visible: fc.constantFrom(...UNITS),
  hidden: fc.constantFrom(...UNITS),
  size: fc.integer(RANGES.size),
  zeroHiddenBias: fc.boolean(),
  algorithm: fc.constantFrom(...ALGORITHMS),
  chainSteps: fc.integer(RANGES.chainSteps),
  batch: fc.integer(RANGES.batch),
  rate: number(RANGES.rate),
  momentum: number(RANGES.momentum),
  decay: number(RANGES.decay),
  sparsityTarget: number(RANGES.sparsityTarget),
  sparsityCost: number(RANGES.sparsityCost),
  centering: fc.boolean(),
  weightScale: number(RANGES.weightScale),
});
const settings = fc.record({
  seed: fc.integer({ min: 0, max: 4294967295 }),
  examples: fc.integer({ min: 10, max: 10000 }),
  steps: fc.integer({ min: 0, max: 1e6 }),
  frozen: fc.array(
    fc.tuple(layer, fc.integer({ min: 0, max: 1e6 })).map(([own, steps]) => ({ ...own, steps })),
    { maxLength: 5 },
  ),
  layer,
});

test('a link holds all settings exactly, and the engine takes what it gives', () => {
  fc.assert(
    fc.property(settings, (before) => {
      const { settings: after, complaints } = fromLink(
        new URLSearchParams(toLink(before).toString()),
      );
      expect(after).toEqual(before);
      expect(runSchema.parse(after)).toEqual(before);
      expect(complaints).toEqual([]);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('the usual settings need no words, and one that differs needs one', () => {
  expect(toLink(DEFAULT_RUN).toString()).toBe('');
  expect(toLink({ ...DEFAULT_RUN, layer: { ...DEFAULT_LAYER, size: 64 } }).toString()).toBe(
    'layer.size=64',
  );
});

test('what a link says wrongly is left as usual, with a sentence about each', () => {
  const { settings: found, complaints } = fromLink(
    new URLSearchParams('seed=-1&layer.hidden=quantum&layer.size=64.5'),
  );
  expect(found).toEqual(DEFAULT_RUN);
  expect(complaints).toHaveLength(3);
  expect(complaints[0]).toBe(
    'The link says seed=-1, which is not valid; the default is used instead.',
  );
});

test('names of prototypes, numbers that are none and huge ones change nothing, and are said', () => {
  const wrong = [
    'seed=NaN',
    'seed=1e999',
    'examples=1e300',
    'steps=-Infinity',
    'layer.size=__proto__',
    'layer.hidden=constructor',
    'layer.visible=toString',
    'layer.rate=NaN',
    'layer.batch=99999999999999999999',
    'layer.zeroHiddenBias=1',
    'layer.__proto__=1',
    'layer.constructor=1',
    '1.__proto__=1',
    '7.steps=1',
    `layer.momentum=${'9'.repeat(100_000)}`,
  ];
  for (const text of wrong) {
    const { settings: found, complaints } = fromLink(new URLSearchParams(text));
    expect(found).toEqual(DEFAULT_RUN);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(
      /^The link says .{1,61}, which (is not valid; the default|this page does not know)/,
    );
  }
  const others = new URLSearchParams('__proto__=1&constructor=2&hasOwnProperty=3&utm_source=mail');
  expect(fromLink(others)).toEqual({ settings: DEFAULT_RUN, complaints: [] });
  expect(({} as { steps?: unknown }).steps).toBeUndefined();
});
