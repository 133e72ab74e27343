import { describe, expect, test } from 'vitest';
import {
  binomial,
  gaussian,
  nrelu,
  softmax,
  steppedSigmoid,
  unitsFromConfig,
  unitTypes,
  usualConfig,
  type UnitsConfig,
} from '../src/index.ts';
import { titled } from './support/all-units.ts';

describe.each(titled)('%s', (_, units) => {
  test('a configuration that went through JSON makes the same units again', () => {
    const config = JSON.parse(JSON.stringify(units.config)) as UnitsConfig;
    const again = unitsFromConfig(config);
    expect(again.config).toEqual(units.config);
    expect(again.config.type).toBe(again.type);
    expect([again.type, again.exact, again.reconstruction]).toEqual([
      units.type,
      units.exact,
      units.reconstruction,
    ]);
  });

  test('a layer has at least one unit, and a whole number of them', () => {
    units.checkSize(8);
    for (const size of [0, -4, 2.5, NaN]) {
      expect(() => units.checkSize(size)).toThrow(
        `${units.type}.checkSize: size is ${size}, expected a whole number`,
      );
    }
  });

  test('parameters that are learned start within their bounds, one value a unit', () => {
    const start = units.initialParameters(8);
    expect(Object.keys(start)).toEqual(Object.keys(units.parameterBounds));
    for (const [name, { low, high, largestStep }] of Object.entries(units.parameterBounds)) {
      expect(largestStep).toBeGreaterThan(0);
      expect(start[name]).toHaveLength(8);
      for (const value of start[name]!) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
    }
  });
});

test('every unit type says what it is called, what it is, where it comes from and its options', () => {
  expect(new Set(unitTypes.map(({ type }) => type)).size).toBe(unitTypes.length);
  for (const { type, label, about, formula, source, options, examples } of unitTypes) {
    for (const text of [type, label, about, formula, source]) expect(text).not.toBe('');
    const shown = new Set(examples.flatMap((example) => Object.keys(example)));
    expect([...shown].toSorted()).toEqual(Object.keys(options).toSorted());
    for (const option of Object.values(options)) expect(option.about).toMatch(/^[A-Z].*\.$/);
  }
});

test('the usual configuration of a type is its first example', () => {
  expect(usualConfig('nrelu')).toEqual({ type: 'nrelu', mean: 'relu' });
  expect(usualConfig('binomial')).toEqual({ type: 'binomial', copies: 8 });
  expect(() => usualConfig('cubic')).toThrow('unitsFromConfig: type is "cubic", expected one of');
});

test('omitted options have their defaults', () => {
  expect(unitsFromConfig({ type: 'gaussian' }).config).toEqual({
    type: 'gaussian',
    sigma: 1,
    learnSigma: false,
  });
  expect(unitsFromConfig({ type: 'nrelu' }).config).toEqual({
    type: 'nrelu',
    mean: 'rectified-gaussian',
  });
});

test('an unknown type is refused with the known ones', () => {
  const known = unitTypes.map((one) => one.type).join(', ');
  for (const type of ['Binary', '', 'toString']) {
    expect(() => unitsFromConfig({ type })).toThrow(
      `unitsFromConfig: type is ${JSON.stringify(type)}, expected one of ${known}`,
    );
  }
});

test('an unknown option is refused with the known ones', () => {
  expect(() => unitsFromConfig({ type: 'gaussian', sigmas: 2 })).toThrow(
    'gaussian: unknown option sigmas, expected only sigma, learnSigma',
  );
  expect(() => unitsFromConfig({ type: 'binary', copies: 2 })).toThrow(
    'binary: unknown option copies, expected no options',
  );
});

test('an option out of range is refused with its value and what was expected', () => {
  expect(() => gaussian({ sigma: 0 })).toThrow(
    'gaussian: option sigma is 0, expected a number from 1e-15 to 1e15',
  );
  expect(() => gaussian({ sigma: NaN })).toThrow(
    'gaussian: option sigma is NaN, expected a number from 1e-15 to 1e15',
  );
  expect(() => unitsFromConfig({ type: 'gaussian', learnSigma: 'yes' })).toThrow(
    'gaussian: option learnSigma is "yes", expected true or false',
  );
  expect(() => unitsFromConfig({ type: 'binomial' })).toThrow(
    'binomial: option copies is missing, expected a whole number from 1 to 4096',
  );
  expect(() => binomial({ copies: 2.5 })).toThrow(
    'binomial: option copies is 2.5, expected a whole number from 1 to',
  );
  expect(() => steppedSigmoid({ copies: 0 })).toThrow(
    'stepped-sigmoid: option copies is 0, expected a whole number',
  );
  expect(() => softmax({ groupSize: 1 })).toThrow(
    'softmax: option groupSize is 1, expected a whole number from 2 to',
  );
  expect(() => unitsFromConfig({ type: 'nrelu', mean: 'median' })).toThrow(
    'nrelu: option mean is "median", expected one of rectified-gaussian, relu, softplus',
  );
  expect(nrelu({}).config).toEqual(nrelu().config);
});
