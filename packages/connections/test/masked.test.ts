import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';
import { scaledNormals } from '@deepbelief/kernels';
import { randomKey } from '@deepbelief/random';
import { dispose, fill, type Rank, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  connectionFromConfig,
  createConnection,
  masked,
  receptiveFields,
  type ReceptiveFields,
} from '../src/index.ts';

const fields: ReceptiveFields = { shape: [5, 4, 2], side: 3, seed: 2 };
const sizes = { visible: 40, hidden: 7 };
const config = { type: 'masked', shape: [5, 4, 2], side: 3, seed: 2 };

test('new weights are normals inside the fields, scaled to the variance of a dense matrix', () =>
  expectNoLeak(() => {
    const key = randomKey(5);
    const connection = createConnection(config, sizes, key, 0.1);
    const normals = take(scaledNormals(key, [40, 7], 0.1));
    const factors = receptiveFields('test', fields, 40, 7);
    expectClose(
      numbers(connection.weights),
      normals.map((value, i) => value * factors[i]!),
      { relative: 1e-7, absolute: 0 },
    );
    // A unit sees s of 40 inputs with factor √(40/s): squares sum to 40.
    for (let unit = 0; unit < 7; unit++) {
      const squares = Array.from({ length: 40 }, (_, i) => factors[i * 7 + unit]! ** 2);
      expect(squares.reduce((a, b) => a + b)).toBeCloseTo(40, 4);
      expect(squares.filter((value) => value > 0).length).toBeLessThanOrEqual(18);
    }
    connection.dispose();
  }));

test('weights outside the fields become zero, and stay so after a step', () =>
  expectNoLeak(() => {
    const outside = [...receptiveFields('test', fields, 40, 7)].map((factor) => factor === 0);
    const connection = masked(fields, fill<Rank.R2>([40, 7], 2));
    const expected = outside.map((is) => (is ? 0 : 2));
    expect(numbers(connection.weights)).toEqual(expected);
    const moved = fill<Rank.R2>([40, 7], 3);
    expect(take(connection.constrain!(moved))).toEqual(outside.map((is) => (is ? 0 : 3)));
    moved.dispose();
    connection.dispose();
  }));

test('up, down and the product are those of the matrix', () =>
  expectNoLeak(() => {
    const tiny: ReceptiveFields = { shape: [1, 2, 1], side: 1, seed: 0 };
    const connection = masked(tiny, matrix([[2], [3]]));
    const [first, second] = numbers(connection.weights) as [number, number];
    expect([first, second].toSorted((a, b) => a - b)[0]).toBe(0);
    const visible = matrix([[5, 7]]);
    const hidden = matrix([[11]]);
    expect(take(connection.up(visible))).toEqual([5 * first + 7 * second]);
    expect(take(connection.down(hidden))).toEqual([11 * first, 11 * second]);
    expect(connection.product(visible, hidden)).toEqual({ left: visible, right: hidden });
    const other = connection.withWeights(matrix([[1], [1]]));
    expect(take(other.up(visible))).toEqual([12]);
    other.dispose();
    dispose([visible, hidden]);
    connection.dispose();
  }));

test('its configuration makes it again', () =>
  expectNoLeak(() => {
    const connection = createConnection(
      { type: 'masked', shape: [5, 4, 2], side: 3 },
      sizes,
      randomKey(1),
      0.1,
    );
    const saved: unknown = JSON.parse(JSON.stringify(connection.config));
    expect(saved).toEqual({ type: 'masked', shape: [5, 4, 2], side: 3, seed: 0 });
    const again = connectionFromConfig(connection.config, sizes, connection.weights.clone());
    expect(again.config).toEqual(connection.config);
    expect(numbers(again.weights)).toEqual(numbers(connection.weights));
    expect(again.matrix).toBe(again.weights as Tensor2D);
    again.dispose();
    connection.dispose();
  }));

test.each([
  [
    { ...config, shape: [5, 4, 1] },
    "masked: shape is 5×4×1, 20 values, expected the layer's 40 inputs",
  ],
  [{ ...config, side: 5 }, 'masked: side is 5, expected a whole number from 1 to 4'],
  [{ ...config, seed: -1 }, 'masked: seed is -1'],
  [{ ...config, shape: 40 }, 'masked: shape is 40, expected [height, width, channels]'],
  [{ ...config, size: 3 }, 'masked: unknown option size'],
])('%j is refused', (bad, message) =>
  expectNoLeak(() => {
    expect(() => createConnection(bad, sizes, randomKey(0), 0.1)).toThrow(message);
  }),
);
