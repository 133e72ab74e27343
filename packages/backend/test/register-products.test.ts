import {
  fused,
  getKernel,
  matMul,
  setBackend,
  tensor,
  tidy,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { registerProducts, unregisterProducts } from '../src/index.ts';
import { expectAsOnCpu, filled, layouts, ways } from './support/backends.ts';
import { expectNoLeak, expectSums } from './support/wasm.ts';

afterAll(unregisterProducts);

describe.each(ways)('with %s products', (_name, sgemm) => {
  beforeEach(async () => {
    await setBackend('wasm');
    registerProducts(sgemm);
  });

  test.each(layouts)(
    'matMul with transposeA %s and transposeB %s is that of the cpu backend',
    async (transposeA, transposeB) => {
      const a = transposeA ? [17, 11] : [11, 17];
      const b = transposeB ? [13, 17] : [17, 13];
      await expectAsOnCpu(() => matMul(filled(a, 1), filled(b, 2), transposeA, transposeB), 17);
    },
  );

  // tfjs's cpu backend takes wrong matrices of such batches: the right ones by hand.
  test.each([
    [[3, 4, 5], [3, 5, 6], [3], [0, 1, 2], [0, 1, 2]],
    [[1, 4, 5], [3, 5, 6], [3], [0, 0, 0], [0, 1, 2]],
    [[3, 4, 5], [5, 6], [3], [0, 1, 2], [0, 0, 0]],
    [
      [2, 1, 4, 5],
      [3, 5, 6],
      [2, 3],
      [0, 0, 0, 1, 1, 1],
      [0, 1, 2, 0, 1, 2],
    ],
    [
      [2, 3, 4, 5],
      [2, 1, 5, 6],
      [2, 3],
      [0, 1, 2, 3, 4, 5],
      [0, 0, 0, 1, 1, 1],
    ],
  ])('batches of %j and %j broadcast', async (aShape, bShape, batches, ofA, ofB) => {
    await expectNoLeak(() => {
      const [a, b] = [filled(aShape, 1), filled(bShape, 2)];
      const [left, right] = [a.dataSync().slice(), b.dataSync().slice()];
      const expected = ofA.flatMap((first, k) =>
        Array.from({ length: 24 }, (_, place) => {
          const [i, j] = [Math.floor(place / 6), place % 6];
          let total = 0;
          for (let d = 0; d < 5; d++)
            total += left[first * 20 + i * 5 + d]! * right[ofB[k]! * 30 + d * 6 + j]!;
          return total;
        }),
      );
      const product = matMul(a, b);
      expect(product.shape).toEqual([...batches, 4, 6]);
      expectSums(product.dataSync(), expected, 5);
      for (const held of [a, b, product]) held.dispose();
    });
  });

  test('vectors give products with one row, one column and one number', async () => {
    await expectAsOnCpu(() => matMul(filled([1, 5], 1), filled([5, 1], 2)), 5);
    await expectAsOnCpu(() => matMul(filled([5, 1], 1), filled([5, 1], 2), true, false), 5);
    await expectAsOnCpu(() => matMul(filled([5, 1], 1), filled([7, 1], 2), false, true), 5);
    await expectAsOnCpu(() => matMul(filled([5, 1], 1), filled([5, 7], 2), true, false), 5);
  });

  test.each([
    [
      [0, 5],
      [5, 3],
    ],
    [
      [4, 5],
      [5, 0],
    ],
    [
      [4, 0],
      [0, 3],
    ],
    [
      [0, 4, 5],
      [0, 5, 3],
    ],
  ])('the product of %j and %j, which are empty, is empty or zero', async (a, b) => {
    await expectNoLeak(() => {
      const result = tidy(() => matMul(zeros(a), zeros(b)));
      expect(result.shape).toEqual([...a.slice(0, -1), b.at(-1)]);
      expect(result.dataSync().every((value) => value === 0)).toBe(true);
      result.dispose();
    });
  });

  test('a bias over an empty product is the bias', async () => {
    await expectNoLeak(() => {
      const result = tidy(() =>
        fused.matMul({
          a: zeros([2, 0]),
          b: zeros([0, 3]),
          bias: tensor([1, 2, -3]),
          activation: 'relu',
        }),
      );
      expect([...result.dataSync()]).toEqual([1, 2, 0, 1, 2, 0]);
      result.dispose();
    });
  });

  test.each(['linear', 'relu', 'relu6', 'sigmoid', 'elu'] as const)(
    'fused matMul with bias and %s is that of the cpu backend',
    async (activation) => {
      for (const [transposeA, transposeB] of layouts) {
        const make = (): Tensor => {
          const [a, b] = [
            filled(transposeA ? [9, 7] : [7, 9], 1),
            filled(transposeB ? [10, 9] : [9, 10], 2),
          ];
          return fused.matMul({ a, b, bias: filled([10], 3), transposeA, transposeB, activation });
        };
        await expectAsOnCpu(make, 9);
      }
    },
  );

  test('fused matMul takes a scalar bias, a leaky slope and a slope per column', async () => {
    await expectAsOnCpu(
      () =>
        fused.matMul({
          a: filled([4, 5], 1),
          b: filled([5, 6], 2),
          bias: tensor(0.5),
          activation: 'relu',
        }),
      5,
    );
    await expectAsOnCpu(
      () =>
        fused.matMul({
          a: filled([4, 5], 1),
          b: filled([5, 6], 2),
          activation: 'leakyrelu',
          leakyreluAlpha: 0.3,
        }),
      5,
    );
    await expectAsOnCpu(
      () =>
        fused.matMul({
          a: filled([4, 5], 1),
          b: filled([5, 6], 2),
          activation: 'prelu',
          preluActivationWeights: filled([6], 4),
        }),
      5,
    );
  });

  test('types other than float32 go to tfjs, which refuses int32', async () => {
    await expectNoLeak(() => {
      const whole = tensor(
        [
          [1, 2],
          [3, 4],
        ],
        [2, 2],
        'int32',
      );
      expect(() => tidy(() => matMul(whole, whole))).toThrow(/float32/);
      whole.dispose();
    });
  });
});

test("tfjs's own products are restored", () => {
  unregisterProducts();
  const own = ['BatchMatMul', '_FusedMatMul'].map((name) => getKernel(name, 'wasm').kernelFunc);
  registerProducts(ways[0]![1]);
  registerProducts(ways[0]![1]);
  expect(getKernel('BatchMatMul', 'wasm').kernelFunc).not.toBe(own[0]);
  unregisterProducts();
  expect(['BatchMatMul', '_FusedMatMul'].map((name) => getKernel(name, 'wasm').kernelFunc)).toEqual(
    own,
  );
  unregisterProducts();
});
