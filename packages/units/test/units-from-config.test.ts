import { describe, expect, test } from 'vitest';
import {
  binomial,
  gaussian,
  nrelu,
  softmax,
  steppedSigmoid,
  unitsFromConfig,
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

  test('nothing is learned unless the options say so', () => {
    expect(units.initialParameters(8)).toEqual({});
  });
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
  const known =
    'binary, binomial, gaussian, nrelu, pooled-binary, relu, softmax, spin, stepped-sigmoid';
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
