import { binary, gaussian, nrelu, relu, type Units } from '@deepbelief/units';
import { tensor1d, tidy, valueAndGrads } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  pairCrossEntropy,
  randomSiamese,
  Siamese,
  siameseFromDbn,
  siameseParameters,
} from '../src/index.ts';
import { smallDbn, titled, type SmallLayer } from './support/nets.ts';
import { deadSiamese, smallSiamese } from './support/pairs.ts';
import { activation, affine } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const first = [
  [0.3, -1.2, 0.8],
  [1, 0.4, -0.6],
  [-0.7, 0.1, 0.5],
];
const second = [
  [0.2, -0.9, 1.1],
  [-0.3, 1.4, 0.2],
  [-0.5, 0.3, 0.9],
];
const same = [1, 0, 1];

/** P(same)'s log-odds in float64, from the definitions and plain numbers. */
function referenceLogit(
  siamese: Siamese,
  parameters: Record<string, number[]>,
  a: number[],
  b: number[],
): number {
  const feature = (x: number[]): number[] =>
    siamese.layers.reduce((states, { units, parameters: own }, i) => {
      const name = `layer${i + 1}`;
      const input = affine(states, parameters[`${name}.weights`]!, parameters[`${name}.bias`]);
      return activation(units.config, input, own.logPrecision && numbers(own.logPrecision));
    }, x);
  const [u, v] = [feature(a), feature(b)];
  const dot = (x: number[], y: number[]): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const cosine = dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
  return parameters['output.weight']![0]! * cosine + parameters['output.bias']![0]!;
}

function plain(siamese: Siamese): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(siameseParameters(siamese)).map(([name, value]) => [name, numbers(value)]),
  );
}

describe.each(titled)('with %s units', (_, units) => {
  const layers: readonly SmallLayer[] = [
    { units, size: 4, zeroBias: true },
    { units, size: 6 },
  ];

  test('log-odds are w cos + b of the features, from the definitions', () =>
    expectNoLeak(() => {
      const siamese = smallSiamese(3, layers);
      const [a, b] = [matrix(first), matrix(second)];
      const expected = first.map((row, i) =>
        referenceLogit(siamese, plain(siamese), row, second[i]!),
      );
      expectClose(take(siamese.logits(a, b)), expected, { relative: 1e-5, absolute: 1e-5 });
      expectClose(
        take(siamese.probabilities(a, b)),
        expected.map((z) => 1 / (1 + Math.exp(-z))),
        { relative: 1e-5, absolute: 1e-5 },
      );
      for (const owner of [siamese, a, b]) owner.dispose();
    }));

  test('the gradient of the loss is that of central differences, in every parameter', () =>
    expectNoLeak(() => {
      const siamese = smallSiamese(3, layers);
      const [a, b, y] = [matrix(first), matrix(second), tensor1d(same)];
      const parameters = siameseParameters(siamese);
      const found = tidy(() => {
        const { grads } = valueAndGrads(() => pairCrossEntropy(siamese.logits(a, b), y))(
          Object.values(parameters),
        );
        return grads.map(numbers);
      });
      const start = plain(siamese);
      const loss = (moved: Record<string, number[]>): number =>
        first.reduce((sum, row, i) => {
          const z = referenceLogit(siamese, moved, row, second[i]!);
          return sum + (Math.log1p(Math.exp(z)) - same[i]! * z) / first.length;
        }, 0);
      const h = 1e-5;
      Object.keys(parameters).forEach((name, p) => {
        const expected = start[name]!.map((value, i) => {
          const at = (step: number): number =>
            loss({ ...start, [name]: start[name]!.with(i, value + step) });
          return (at(h) - at(-h)) / (2 * h);
        });
        expectClose(found[p]!, expected, { relative: 1e-4, absolute: 2e-6 }, name);
      });
      for (const owner of [siamese, a, b, y]) owner.dispose();
    }));

  test('it does not matter which of the two comes first', () =>
    expectNoLeak(() => {
      const siamese = smallSiamese(3, layers);
      const [a, b] = [matrix(first), matrix(second)];
      expectClose(take(siamese.logits(a, b)), take(siamese.logits(b, a)), {
        relative: 1e-6,
        absolute: 1e-6,
      });
      for (const owner of [siamese, a, b]) owner.dispose();
    }));
});

/** Log-odds with the first inputs, and then the second ones, α times as large. */
function scaled(siamese: Siamese, alpha: number): number[] {
  const scale = (rows: readonly (readonly number[])[]): number[][] =>
    rows.map((row) => row.map((x) => alpha * x));
  const tensors = [first, second, scale(first), scale(second)].map((rows) => matrix(rows));
  const [a, b, scaledA, scaledB] = tensors as [
    (typeof tensors)[0],
    (typeof tensors)[0],
    (typeof tensors)[0],
    (typeof tensors)[0],
  ];
  const found = [...take(siamese.logits(scaledA, b)), ...take(siamese.logits(a, scaledB))];
  for (const tensor of tensors) tensor.dispose();
  return found;
}

const stacks = (units: Units): SmallLayer[][] =>
  [1, 2, 3].map((depth) =>
    Array.from({ length: depth }, (_, i) => ({ units, size: 6 - i, zeroBias: true })),
  );

describe.each([
  ['nrelu', nrelu()],
  ['relu', relu()],
] as const)('%s units without biases', (_, units) => {
  test.each(stacks(units).map((layers) => [layers.length, layers] as const))(
    'P(same) does not change with the intensity of either input, %i layers deep',
    (_depth, layers) =>
      expectNoLeak(() => {
        const siamese = smallSiamese(3, layers);
        const before = scaled(siamese, 1);
        for (const alpha of [0.01, 0.5, 7]) {
          expectClose(scaled(siamese, alpha), before, { relative: 2e-5, absolute: 2e-5 });
        }
        siamese.dispose();
      }),
  );
});

test('with biases, or binary units, P(same) changes with the intensity of an input', () =>
  expectNoLeak(() => {
    const changing: SmallLayer[][] = [[{ units: nrelu(), size: 6 }], ...stacks(binary())];
    for (const layers of changing) {
      const siamese = smallSiamese(3, layers);
      const [before, after] = [scaled(siamese, 1), scaled(siamese, 7)];
      expect(Math.max(...before.map((z, i) => Math.abs(z - after[i]!)))).toBeGreaterThan(5e-4);
      siamese.dispose();
    }
  }));

test.each([
  ['nrelu', nrelu()],
  ['gaussian', gaussian()],
] as const)('features of %s units that are all zero give no NaN in value or gradient', (_, units) =>
  expectNoLeak(() => {
    const siamese = deadSiamese(units, 3, 4);
    const [a, b, y] = [matrix(first), matrix(second), tensor1d(same)];
    tidy(() => {
      const { value, grads } = valueAndGrads(() => pairCrossEntropy(siamese.logits(a, b), y))(
        Object.values(siameseParameters(siamese)),
      );
      for (const tensor of [value, ...grads])
        expect(numbers(tensor).every(Number.isFinite)).toBe(true);
    });
    expectClose(
      take(siamese.probabilities(a, b)),
      [1, 1, 1].map(() => 1 / (1 + Math.exp(0.7))),
    );
    for (const owner of [siamese, a, b, y]) owner.dispose();
  }),
);

test('from a stack, its features are those of the stack, and it owns copies', () =>
  expectNoLeak(() => {
    const dbn = smallDbn([
      { units: gaussian(), size: 3 },
      { units: nrelu(), size: 5, zeroBias: true },
      { units: nrelu(), size: 4 },
    ]);
    const x = matrix(first);
    const expected = take(dbn.features(x));
    const siamese = siameseFromDbn(dbn, { size: 32 });
    dbn.dispose();
    expect(take(siamese.features(x))).toEqual(expected);
    expect(siamese.layers.map(({ zeroBias }) => zeroBias)).toEqual([true, false]);
    expect(siamese.preparation).toEqual({ size: 32 });
    for (const owner of [siamese, x]) owner.dispose();
  }));

test('from random weights, seeds differ and repeat', () =>
  expectNoLeak(() => {
    const make = (seed: number): number[] => {
      const siamese = randomSiamese({
        inputs: 3,
        layers: [{ units: nrelu(), size: 4, zeroBias: true }],
        seed,
      });
      const weights = numbers(siamese.layers[0]!.weights);
      siamese.dispose();
      return weights;
    };
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  }));

test('what does not fit is refused', () =>
  expectNoLeak(() => {
    const siamese = smallSiamese(3, [{ units: nrelu(), size: 4 }]);
    const [a, wide, short] = [matrix(first), matrix([[1, 2, 3, 4]]), matrix(second.slice(1))];
    expect(() => siamese.features(wide)).toThrow(
      'Siamese: inputs has shape [1, 4], expected [batch, 3]',
    );
    expect(() => siamese.logits(a, wide)).toThrow(
      'Siamese: second has shape [1, 4], expected [batch, 3]',
    );
    expect(() => siamese.cosines(a, short)).toThrow(
      'Siamese: first has 3 rows and second has 2, expected the same number',
    );
    expect(() => randomSiamese({ inputs: 3, layers: [] })).toThrow(
      'randomSiamese: layers.length is 0',
    );
    expect(() => new Siamese([], siamese.output)).toThrow(
      'Siamese: there is no layer, expected at least one',
    );
    for (const owner of [siamese, a, wide, short]) owner.dispose();
  }));
