import { expectClose, expectNoLeak, numbers, take, vector } from '@deepbelief/test-support/tensors';
import { normals, randomKey } from '@deepbelief/random';
import { dispose, tensor2d, tensor4d, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  averageOverSharedBiases,
  connectionFromConfig,
  convolutional,
  createConnection,
  featureMapShape,
  sumOverSharedBiases,
  type Connection,
  type ConvolutionOptions,
} from '../src/index.ts';

const cases: readonly ConvolutionOptions[] = [
  { shape: [4, 4, 1], filter: [2, 2], maps: 2 },
  { shape: [4, 4, 2], filter: [3, 3], maps: 3 },
  { shape: [5, 4, 2], filter: [3, 2], maps: 2, stride: 2 },
  { shape: [4, 7, 1], filter: [4, 3], maps: 1, stride: 2 },
  { shape: [8, 5, 1], filter: [2, 5], maps: 2, stride: 2 },
  { shape: [7, 10, 1], filter: [4, 4], maps: 2, stride: 3 },
  { shape: [4, 4, 2], filter: [3, 3], maps: 2, padding: 1 },
  { shape: [4, 6, 1], filter: [3, 4], maps: 2, stride: 2, padding: 1 },
  { shape: [4, 4, 1], filter: [4, 4], maps: 3 },
  // Wide enough for several tiles, the last of them not full.
  { shape: [4, 17, 2], filter: [2, 3], maps: 2, stride: 2 },
  { shape: [3, 12, 1], filter: [3, 3], maps: 2, padding: 2 },
  { shape: [3, 3, 2], filter: [1, 1], maps: 2 },
];

/** The implied W[visible][hidden], and which weight each place holds (−1 where none). */
function implied(options: ConvolutionOptions): number[][] {
  const { shape, filter, maps, stride = 1, padding = 0 } = options;
  const [height, width, channels] = shape;
  const rows = Math.floor((height + 2 * padding - filter[0]) / stride) + 1;
  const columns = Math.floor((width + 2 * padding - filter[1]) / stride) + 1;
  const weight = Array.from({ length: height * width * channels }, () =>
    Array.from({ length: rows * columns * maps }, () => -1),
  );
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let k = 0; k < maps; k++)
        for (let i = 0; i < filter[0]; i++)
          for (let j = 0; j < filter[1]; j++)
            for (let c = 0; c < channels; c++) {
              const [top, left] = [stride * y + i - padding, stride * x + j - padding];
              if (top < 0 || left < 0 || top >= height || left >= width) continue;
              weight[(top * width + left) * channels + c]![(y * columns + x) * maps + k] =
                ((i * filter[1] + j) * channels + c) * maps + k;
            }
  return weight;
}

function make(options: ConvolutionOptions): { connection: Connection; filters: Float32Array } {
  const { shape, filter, maps } = options;
  const filters = normals(randomKey(3), filter[0] * filter[1] * shape[2] * maps);
  const weights = tensor4d(filters, [filter[0], filter[1], shape[2], maps]);
  return { connection: convolutional(options, weights), filters };
}

function identity(size: number): Tensor2D {
  return tensor2d(
    Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0)),
    [size, size],
  );
}

function random(seed: number, rows: number, columns: number): Tensor2D {
  return tensor2d(normals(randomKey(seed), rows * columns), [rows, columns]);
}

describe.each(cases.map((c) => [JSON.stringify(c), c] as const))('%s', (_title, c) => {
  const weight = implied(c);
  const [visible, hidden] = [weight.length, weight[0]!.length];

  test('has the sizes of its definition', () =>
    expectNoLeak(() => {
      const { connection } = make(c);
      expect([connection.visible, connection.hidden]).toEqual([visible, hidden]);
      expect(featureMapShape(c).reduce((a, b) => a * b)).toBe(hidden);
      connection.dispose();
    }));

  test('up and down are the implied matrix and its transpose', () =>
    expectNoLeak(() => {
      const { connection, filters } = make(c);
      const matrix = weight.map((row) => row.map((w) => (w === -1 ? 0 : filters[w]!)));
      const ofVisible = identity(visible);
      expectClose(take(connection.up(ofVisible)), matrix.flat());
      const ofHidden = identity(hidden);
      const transposed = matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));
      expectClose(take(connection.down(ofHidden)), transposed.flat());
      dispose([ofVisible, ofHidden]);
      connection.dispose();
    }));

  test('the product sums v h over rows and over the places of each weight', () =>
    expectNoLeak(() => {
      const { connection, filters } = make(c);
      const [v, h] = [random(1, 3, visible), random(2, 3, hidden)];
      const [vs, hs] = [numbers(v), numbers(h)];
      const expected = [...filters].map(() => 0);
      for (let row = 0; row < 3; row++)
        weight.forEach((places, i) => {
          places.forEach((w, j) => {
            if (w !== -1) expected[w]! += vs[row * visible + i]! * hs[row * hidden + j]!;
          });
        });
      const product = connection.product(v, h);
      if ('left' in product) throw new Error('expected a tensor');
      expect(product.shape).toEqual(connection.weights.shape);
      expectClose(take(product), expected, { relative: 1e-5, absolute: 1e-5 });
      dispose([v, h]);
      connection.dispose();
    }));
});

const options: ConvolutionOptions = { shape: [2, 3, 2], filter: [2, 2], maps: 3 };

test('hidden biases are shared by a map, visible ones by a channel', () =>
  expectNoLeak(() => {
    const { connection } = make(options);
    const hidden = vector([1, 2, 3, 10, 20, 30]);
    expect(take(sumOverSharedBiases(connection, 'hidden', hidden))).toEqual([
      11, 22, 33, 11, 22, 33,
    ]);
    const visible = vector([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const channels = Array.from({ length: 6 }, () => [36, 42]).flat();
    expect(take(sumOverSharedBiases(connection, 'visible', visible))).toEqual(channels);
    const { connection: own } = make({ ...options, visibleBias: 'pixel' });
    expect(numbers(sumOverSharedBiases(own, 'visible', visible))).toEqual(numbers(visible));
    const means = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    expect([...averageOverSharedBiases(connection, 'visible', means)]).toEqual(
      Array.from({ length: 6 }, () => [6, 7]).flat(),
    );
    expect(averageOverSharedBiases(own, 'visible', means)).toEqual(means);
    dispose([hidden, visible]);
    own.dispose();
    connection.dispose();
  }));

test('other weights may take the place of its own', () =>
  expectNoLeak(() => {
    const { connection } = make(options);
    const zero = tensor4d(
      Array.from({ length: 24 }, () => 0),
      [2, 2, 2, 3],
    );
    const v = random(1, 2, 12);
    expect(new Set(take(connection.up(v, zero)))).toEqual(new Set([0]));
    const other = connection.withWeights(zero);
    expect(new Set(take(other.up(v)))).toEqual(new Set([0]));
    other.dispose();
    expect(take(connection.up(v)).every((x) => x !== 0)).toBe(true);
    v.dispose();
    connection.dispose();
  }));

test('its configuration makes it again', () =>
  expectNoLeak(() => {
    const sizes = { visible: 12, hidden: 6 };
    const config = { type: 'convolutional', ...options };
    const connection = createConnection(config, sizes, randomKey(1), 0.1);
    expect(connection.weights.shape).toEqual([2, 2, 2, 3]);
    const saved: unknown = JSON.parse(JSON.stringify(connection.config));
    expect(saved).toEqual({ ...config, stride: 1, padding: 0, visibleBias: 'channel' });
    const again = connectionFromConfig(connection.config, sizes, connection.weights.clone());
    expect(again.config).toEqual(connection.config);
    again.dispose();
    connection.dispose();
  }));

const sizes = { visible: 49, hidden: 18 };
const config = { type: 'convolutional', shape: [7, 7, 1], filter: [3, 3], maps: 2, stride: 2 };

test.each([
  [
    { ...config, stride: 3 },
    'filter height 3 with stride 3 leaves 1 of 7 pixels unseen; a filter height of 4 or a padding of 1 fits',
  ],
  [
    { ...config, filter: [8, 3] },
    "convolutional: filter height is 8, expected at most 7, the picture's",
  ],
  [{ ...config, filter: [3] }, 'convolutional: filter is [3], expected [height, width]'],
  [{ ...config, filter: [3, 0] }, 'convolutional: filter width is 0'],
  [
    { ...config, shape: [7, 7] },
    'convolutional: shape is [7,7], expected [height, width, channels]',
  ],
  [{ ...config, stride: 4 }, 'convolutional: stride is 4, expected a whole number from 1 to 3'],
  [{ ...config, padding: 3 }, 'convolutional: padding is 3, expected a whole number from 0 to 2'],
  [{ ...config, maps: 3 }, 'convolutional: the hidden layer has 18 units, expected 3×3×3 = 27'],
  [
    { ...config, shape: [7, 7, 2] },
    'convolutional: the visible layer has 49 units, expected 7×7×2 = 98',
  ],
  [
    { ...config, visibleBias: 'none' },
    'convolutional: visibleBias is "none", expected one of channel, pixel',
  ],
  [{ ...config, filters: 3 }, 'convolutional: unknown option filters'],
])('%j is refused', (bad, message) =>
  expectNoLeak(() => {
    expect(() => createConnection(bad, sizes, randomKey(0), 0.1)).toThrow(message);
  }),
);
