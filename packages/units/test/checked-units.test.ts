import '@tensorflow/tfjs-backend-wasm';
import { randomKey, type RandomKey } from '@deepbelief/random';
import {
  dispose,
  memory,
  setBackend,
  tensor1d,
  tensor2d,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  binary,
  gaussian,
  unitsFromConfig,
  type UnitParameters,
  type Units,
  type UnitsConfig,
} from '../src/index.ts';
import { titled } from './support/all-units.ts';
import './support/tensors.ts';

const key = randomKey(3);
const learned = gaussian({ learnSigma: true });
const functions: Readonly<
  Record<string, (units: Units, x: Tensor2D, parameters?: UnitParameters) => Tensor | object>
> = {
  energy: (units, x, parameters) => units.energy(x, parameters),
  logNormalizer: (units, x, parameters) => units.logNormalizer(x, parameters),
  mean: (units, x, parameters) => units.mean(x, parameters),
  variance: (units, x, parameters) => units.variance(x, parameters),
  mode: (units, x, parameters) => units.mode(x, parameters),
  sample: (units, x, parameters) => units.sample(x, key, parameters),
  activation: (units, x, parameters) => units.activation(x, parameters),
  parameterGradients: (units, x, parameters) => units.parameterGradients(x, parameters),
  parameterMoments: (units, x, parameters) => units.parameterMoments(x, parameters),
};
const cases = titled.flatMap(([title, units]) =>
  Object.keys(functions).map((name) => [title, name, units] as const),
);

function numbers(
  units: Units,
  name: string,
  values: readonly number[],
  dtype: 'float32' | 'int32' | 'bool',
): number[][] {
  const before = memory().numTensors;
  const input = tensor2d([...values], [2, values.length / 2], dtype);
  const found = functions[name]!(units, input);
  const tensors = ('dataSync' in found ? [found] : Object.values(found)) as Tensor[];
  for (const one of tensors) expect(one.dtype).toBe('float32');
  const read = tensors.map((one) => [...one.dataSync()]);
  dispose([found as Tensor, input]);
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return read;
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test.each(cases)('%s: %s takes int32 and bool as the numbers that they are', (_, name, units) => {
    const wholes = [0, 1, 2, 3, 1, 1, 0, 2];
    expect(numbers(units, name, wholes, 'int32')).toEqual(numbers(units, name, wholes, 'float32'));
    const bits = [0, 1, 1, 0, 1, 1, 0, 1];
    expect(numbers(units, name, bits, 'bool')).toEqual(numbers(units, name, bits, 'float32'));
  });
});

test.each(cases)(
  '%s: %s refuses a batch without rows, another rank, a disposed tensor and what is none',
  (_, name, units) => {
    const what = name === 'energy' || name === 'parameterGradients' ? 'states' : 'input';
    const where = `${units.type}.${name}: ${what}`;
    const call = (x: unknown): unknown => functions[name]!(units, x as Tensor2D);
    const [empty, vector, words] = [tensor2d([], [0, 4]), tensor1d([1, 2]), tensor2d([['a']])];
    const before = memory().numTensors;
    expect(() => call(empty)).toThrow(
      `${where} has shape [0, 4], expected [batch, units] with a row or more`,
    );
    expect(() => call(vector)).toThrow(`${where} has shape [2], expected [batch, units]`);
    expect(() => call(words)).toThrow(`${where} is string, expected float32, int32 or bool`);
    expect(memory().numTensors, 'tensors left over').toBe(before);
    dispose([empty, vector, words]);
    expect(() => call(empty)).toThrow(`${where} is disposed`);
    expect(() => call([[1, 0]])).toThrow(`${where} is [[1,0]], expected a tensor`);
    expect(() => call(undefined)).toThrow(`${where} is missing, expected a tensor`);
  },
);

test('parameters that are missing, do not fit or are unknown are refused', () => {
  const [input, short, right] = [tensor2d([[1, 2]]), tensor1d([1]), tensor1d([1, 2])];
  expect(() => learned.mean(input)).toThrow('gaussian.mean: parameters.logPrecision is missing');
  expect(() => learned.sample(input, key, { logPrecision: short })).toThrow(
    'gaussian.sample: parameters.logPrecision has shape [1], expected [2]',
  );
  expect(() => binary().mean(input, { logPrecision: right })).toThrow(
    'binary.mean: unknown parameter logPrecision, expected no parameters',
  );
  dispose([input, short, right]);
});

test('a random key that is none is refused', () => {
  const input = tensor2d([[1]]);
  expect(() => binary().sample(input, 5 as unknown as RandomKey)).toThrow(
    'binary.sample: the random key is 5',
  );
  input.dispose();
});

test('units made from a unit type’s own configuration are the same, immutable object', () => {
  const units = binary();
  expect(unitsFromConfig(units.config)).toBe(units);
  expect(() => ((units.config as { type: string }).type = 'relu')).toThrow(TypeError);
});

test('a name that every object has is not an option, an option’s value or a type', () => {
  const hostile: readonly (readonly [string, string])[] = [
    [
      '{"type":"binary","__proto__":{"copies":3}}',
      'binary: unknown option __proto__, expected no options',
    ],
    [
      '{"type":"binomial","copies":3,"constructor":1}',
      'binomial: unknown option constructor, expected only copies',
    ],
    [
      '{"type":"nrelu","mean":"constructor"}',
      'nrelu: option mean is "constructor", expected one of',
    ],
    ['{"type":"__proto__"}', 'unitsFromConfig: type is "__proto__", expected one of binary,'],
    [
      '{"__proto__":{"type":"binary"}}',
      'unitsFromConfig: type is missing, expected one of binary,',
    ],
    ['null', 'unitsFromConfig: type is missing, expected one of binary,'],
    ['[]', 'unitsFromConfig: type is missing, expected one of binary,'],
  ];
  for (const [json, message] of hostile) {
    expect(() => unitsFromConfig(JSON.parse(json) as UnitsConfig)).toThrow(message);
  }
});
