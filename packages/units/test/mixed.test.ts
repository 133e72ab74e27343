import '@tensorflow/tfjs-backend-wasm';
import { randomKey } from '@deepbelief/random';
import {
  dispose,
  grad,
  memory,
  setBackend,
  sin,
  tensor1d,
  tensor2d,
  tidy,
  Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  binary,
  binomial,
  gaussian,
  mixed,
  ordinal,
  partKey,
  poisson,
  softmax,
  unitsFromConfig,
  type UnitParameters,
  type Units,
  type UnitsConfig,
} from '../src/index.ts';
import { examples } from './support/all-units.ts';
import { expectClose } from './support/tensors.ts';

const key = randomKey(11);
const parts = [
  { units: binary(), size: 2 },
  { units: gaussian({ sigma: 2, learnSigma: true }), size: 2 },
  { units: softmax({ groupSize: 3 }), size: 3 },
  { units: ordinal({ levels: 4 }), size: 1 },
  { units: binomial({ copies: 3 }), size: 1 },
];
const layer = mixed(parts);
const SIZE = 9;
const rows = [
  [0.5, -1, 2, -0.3, 1, 0, -2, 0.7, 0.2],
  [-3, 0.1, -1.5, 4, 0, 0.5, 0.4, -0.6, 1.3],
];
const states = [
  [1, 0, 2.5, -0.3, 0, 0, 1, 3, 2],
  [0, 1, -1, 0.5, 1, 0, 0, 1, 0],
];

type Compute = (units: Units, x: Tensor2D, own?: UnitParameters) => Tensor | Record<string, Tensor>;
const functions: Readonly<Record<string, Compute>> = {
  energy: (units, x, own) => units.energy(x, own),
  logNormalizer: (units, x, own) => units.logNormalizer(x, own),
  mean: (units, x, own) => units.mean(x, own),
  variance: (units, x, own) => units.variance(x, own),
  mode: (units, x, own) => units.mode(x, own),
  sample: (units, x, own) => units.sample(x, key, own),
  activation: (units, x, own) => units.activation(x, own),
  slope: (units, x, own) =>
    tidy(() => grad((v: Tensor) => units.activation(v as Tensor2D, own))(x, sin(x))),
  parameterGradients: (units, x, own) => units.parameterGradients(x, own),
  parameterMoments: (units, x, own) => units.parameterMoments(x, own),
};

function numbers(units: Units, name: string, values: number[][]): Record<string, number[]> {
  const before = memory().numTensors;
  const [x, own] = [tensor2d(values), moved(units, values[0]!.length)];
  const found = functions[name]!(units, x, own);
  const all = found instanceof Tensor ? { value: found } : found;
  const read = Object.fromEntries(Object.entries(all).map(([n, t]) => [n, [...t.dataSync()]]));
  dispose([...Object.values(all), ...Object.values(own), x]);
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return read;
}

const zeros = ({ size }: { readonly size: number }): number[] =>
  Array.from({ length: size }, () => 0);

/** What the parts' figures come to in the layer: sums of rows, values side by side. */
function joined(name: string, each: readonly unknown[]): number[] {
  if (name.startsWith('parameter')) return (each as number[][]).flat();
  return rows.flatMap((_, r) =>
    name === 'energy' || name === 'logNormalizer'
      ? [(each as number[][]).reduce((total, values) => total + values[r]!, 0)]
      : (each as number[][][]).flatMap((values) => values[r]!),
  );
}

/** Parameters off their start. */
function moved(units: Units, size: number): Record<string, Tensor1D> {
  return Object.fromEntries(
    Object.entries(units.initialParameters(size)).map(([name, start]) => [
      name,
      tensor1d(start.map((value, i) => value + 0.1 * (i + 1))),
    ]),
  );
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  // Softmax groups and blocks need sizes of their own.
  const types = examples.map(([title, units]) => [title, units, 2 * units.groupSize] as const);

  test.each(types)(
    'a layer of one part, %s, is a layer of its type, bit for bit',
    (_, units, n) => {
      const one = mixed([{ units, size: n }]);
      const values = [0.3, -1.2].map((shift) =>
        Array.from({ length: n }, (_v, i) => shift + Math.sin(i)),
      );
      for (const name of Object.keys(functions)) {
        expect(numbers(one, name, values), name).toEqual(numbers(units, name, values));
      }
      expect(Object.keys(one.parameterBounds)).toEqual(Object.keys(units.parameterBounds));
      expect(one.initialParameters(n)).toEqual(units.initialParameters(n));
      for (const trait of ['exact', 'range', 'rectified', 'reconstruction'] as const) {
        expect(one[trait]).toEqual(units[trait]);
      }
    },
  );

  test('each part has the figures of its own type', () => {
    for (const name of Object.keys(functions)) {
      const values = name === 'energy' || name === 'parameterGradients' ? states : rows;
      const found = numbers(layer, name, values);
      const expected = tidy(() => {
        const whole = moved(layer, SIZE);
        let start = 0;
        return parts.map(({ units, size }, i) => {
          const cut = values.map((row) => row.slice(start, start + size));
          const own = Object.fromEntries(
            Object.keys(units.parameterBounds).map((n) => [
              n,
              tensor1d(whole[n]!.dataSync().slice(start, start + size)),
            ]),
          );
          start += size;
          const result =
            name === 'sample'
              ? units.sample(tensor2d(cut), partKey(key, i), own)
              : functions[name]!(units, tensor2d(cut), own);
          const all = result instanceof Tensor ? { value: result } : result;
          return Object.fromEntries(Object.entries(all).map(([n, t]) => [n, t.arraySync()]));
        });
      });
      for (const [n, flat] of Object.entries(found)) {
        const each = expected.map((own, i) => own[n] ?? parts.slice(i, i + 1).flatMap(zeros));
        expectClose(flat, joined(name, each), { relative: 1e-6, absolute: 1e-6 });
      }
    }
  });

  test('NaN in an input stays in its own part', () => {
    const x = tensor2d([[NaN, 0, 0, 0, 0, NaN, 0, 0, 0]]);
    const own = moved(layer, SIZE);
    const means = layer.mean(x, own);
    expect([...means.dataSync()].map(Number.isNaN)).toEqual(
      [1, 0, 0, 0, 1, 1, 1, 0, 0].map(Boolean),
    );
    dispose([x, means, ...Object.values(own)]);
  });
});

test('all states are those of the parts, and the log-normalizer is the logarithm of their sum', () => {
  const finite = mixed([
    { units: ordinal({ levels: 3, learnLevels: false }), size: 1 },
    { units: softmax({ groupSize: 2 }), size: 4 },
    { units: poisson({ most: 2 }), size: 1 },
  ]);
  expect(finite.states!.count).toBe(3 * 2 * 2 * 3);
  const all = Array.from({ length: 36 }, (_, k) => {
    const row = new Float32Array(6);
    finite.states!.write(row, 0, k);
    return [...row];
  });
  expect(new Set(all.map(String)).size).toBe(36);
  const x = [0.4, 1, -1, 0.2, -0.7, 0.9];
  const terms = all.map((s) =>
    Math.exp(s.reduce((t, v, i) => t + v * x[i]!, 0) - (s[5] === 2 ? Math.log(2) : 0)),
  );
  const expected = Math.log(terms.reduce((a, b) => a + b));
  expect(numbers(finite, 'logNormalizer', [x])['value']![0]).toBeCloseTo(expected, 5);
  expect(layer.states).toBeUndefined();
});

test('a configuration makes the same layer again, and parts of parts are parts', () => {
  const config = JSON.parse(JSON.stringify(layer.config)) as UnitsConfig;
  expect(unitsFromConfig(config).config).toEqual(layer.config);
  const nested = mixed([
    { units: layer, size: SIZE },
    { units: binary(), size: 1 },
  ]);
  expect(nested.parts!.map(({ start }) => start)).toEqual([0, 2, 4, 7, 8, 9]);
});

test('biases for the data’s means are those of the parts', () => {
  const means = [0.2, 0.9, 3, -1, 0.2, 0.3, 0.5, 1.2, 2];
  const found = layer.inputForMean(Float32Array.from(means));
  const expected = parts.flatMap(({ units, size }, i) => {
    const start = parts.slice(0, i).reduce((total, part) => total + part.size, 0);
    return [...units.inputForMean(Float32Array.from(means.slice(start, start + size)))];
  });
  expect([...found]).toEqual(expected);
  expect(() => layer.inputForMean(Float32Array.from([...means.slice(0, 8), 7]))).toThrow(
    'mixed, part 5, value 8: binomial.inputForMean: mean[0] is 7, expected a finite number from 0 to 3',
  );
});

test('parts that are none are one-line errors that name the part', () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [[], 'mixed: the parts are [], expected a list of one or more'],
    ['binary', 'mixed: the parts are "binary", expected a list'],
    [[{ units: binary(), size: 2 }, 3], 'mixed: part 2 is 3, expected { units, size }'],
    [
      [{ units: { type: 'binary' }, size: 2 }],
      'mixed: part 1: units is {"type":"binary"}, expected a unit type',
    ],
    [[{ units: binary(), size: 0 }], 'mixed: part 1: size is 0, expected a whole number'],
    [[{ units: binary(), count: 2 }], 'mixed: part 1: unknown option count'],
    [
      [
        { units: binary(), size: 1 },
        { units: softmax({ groupSize: 3 }), size: 4 },
      ],
      'mixed: part 2: softmax.checkSize: size is 4, expected a multiple of groupSize 3, such as 3',
    ],
  ];
  for (const [given, message] of wrong) expect(() => mixed(given as never)).toThrow(message);
  expect(() => layer.checkSize(8)).toThrow(
    'mixed.checkSize: size is 8, expected 9, the sum of the sizes of its parts',
  );
  expect(() => unitsFromConfig({ type: 'mixed' })).toThrow(
    'mixed: option parts is missing, expected a list of parts',
  );
  expect(() =>
    unitsFromConfig({ type: 'mixed', parts: [{ units: { type: 'cubic' }, size: 1 }] }),
  ).toThrow('unitsFromConfig: type is "cubic", expected one of binary,');
});
