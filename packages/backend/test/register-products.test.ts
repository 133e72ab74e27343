import '@tensorflow/tfjs-backend-cpu';
import {
  fused,
  getKernel,
  grads,
  matMul,
  registerGradient,
  setBackend,
  tensor,
  tidy,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { loadNativeBlas, registerProducts, unregisterProducts, wasmSgemm, type Sgemm } from '../src/index.ts';
import { heapFloats, heapOffset } from '../src/wasm-heap.ts';
import { expectNoLeak, expectSums, spread } from './support/wasm.ts';

const blas = await loadNativeBlas({ threads: 1 });
const layouts = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const ways: (readonly [string, Sgemm])[] = [
  ['wasm', wasmSgemm()],
  ...(typeof blas === 'string' ? [] : [['native', blas.sgemm] as const]),
];

function filled(shape: number[], seed: number): Tensor {
  return tensor(
    spread(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
    shape,
  );
}

/** What `make` gives on tfjs's cpu backend, for the same inputs. */
async function onCpu(make: () => Tensor): Promise<{ shape: number[]; values: Float32Array }> {
  await setBackend('cpu');
  const result = tidy(make);
  const found = { shape: result.shape, values: (await result.data()) as Float32Array };
  result.dispose();
  await setBackend('wasm');
  return found;
}

/** Expects the same of both backends. */
async function expectAsOnCpu(make: () => Tensor, depth: number): Promise<void> {
  await expectNoLeak(async () => {
    const expected = await onCpu(make);
    const result = tidy(make);
    expect(result.shape).toEqual(expected.shape);
    expectSums(result.dataSync(), expected.values, depth);
    result.dispose();
  });
}

afterAll(unregisterProducts);

// The gradient that the union package of tfjs registers; the core alone has none.
registerGradient({
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved, attributes) => {
    const [a, b] = saved as [Tensor, Tensor];
    const { transposeA, transposeB } = attributes as object as { transposeA: boolean; transposeB: boolean };
    const slope = dy as Tensor;
    return {
      a: () => (transposeA ? matMul(b, slope, transposeB, true) : matMul(slope, b, false, !transposeB)),
      b: () => (transposeB ? matMul(slope, a, true, transposeA) : matMul(a, slope, !transposeA, false)),
    };
  },
});

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
          for (let d = 0; d < 5; d++) total += left[first * 20 + i * 5 + d]! * right[ofB[k]! * 30 + d * 6 + j]!;
          return total;
        }),
      );
      const product = matMul(a, b);
      expect(product.shape).toEqual([...batches, 4, 6]);
      expectSums(product.dataSync(), expected, 5);
      for (const held of [a, b, product]) held.dispose();
    });
  });

  test('vectors give products of one row, of one column and of one number', async () => {
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
        fused.matMul({ a: zeros([2, 0]), b: zeros([0, 3]), bias: tensor([1, 2, -3]), activation: 'relu' }),
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
          const [a, b] = [filled(transposeA ? [9, 7] : [7, 9], 1), filled(transposeB ? [10, 9] : [9, 10], 2)];
          return fused.matMul({ a, b, bias: filled([10], 3), transposeA, transposeB, activation });
        };
        await expectAsOnCpu(make, 9);
      }
    },
  );

  test('fused matMul takes a scalar bias, a leaky slope and slopes for each column', async () => {
    await expectAsOnCpu(
      () => fused.matMul({ a: filled([4, 5], 1), b: filled([5, 6], 2), bias: tensor(0.5), activation: 'relu' }),
      5,
    );
    await expectAsOnCpu(
      () => fused.matMul({ a: filled([4, 5], 1), b: filled([5, 6], 2), activation: 'leakyrelu', leakyreluAlpha: 0.3 }),
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

  test('what is not float32 goes to tfjs, which refuses int32', async () => {
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

  test('gradients through products are those of the cpu backend', async () => {
    for (const [transposeA, transposeB] of layouts) {
      const gradient = (which: number) => (): Tensor => {
        const [a, b] = [filled(transposeA ? [6, 5] : [5, 6], 1), filled(transposeB ? [7, 6] : [6, 7], 2)];
        const product = (x: Tensor, y: Tensor): Tensor => matMul(x, y, transposeA, transposeB);
        return grads(product)([a, b], filled([5, 7], 3))[which]!;
      };
      await expectAsOnCpu(gradient(0), 7);
      await expectAsOnCpu(gradient(1), 7);
    }
  });

  test('a product sees weights that were changed in place', async () => {
    await expectNoLeak(() => {
      const v = filled([3, 5], 1);
      const w = filled([5, 4], 2);
      const bias = filled([4], 3);
      const plain = (): number[] => [...tidy(() => matMul(v, w)).dataSync()];
      const withBias = (activation: 'linear' | 'elu'): number[] => [
        ...tidy(() => fused.matMul({ a: v, b: w, bias, activation })).dataSync(),
      ];
      const before = tidy(() => [plain(), withBias('linear'), withBias('elu')]);
      heapFloats(heapOffset(w), 20).fill(0);
      expect(before.every((values) => values.some((value) => value !== 0))).toBe(true);
      const biases = [...bias.dataSync(), ...bias.dataSync(), ...bias.dataSync()];
      expect(tidy(plain).every((value) => value === 0)).toBe(true);
      expectSums(
        tidy(() => withBias('linear')),
        biases,
        5,
      );
      expectSums(
        tidy(() => withBias('elu')),
        biases.map((x) => (x > 0 ? x : Math.expm1(x))),
        5,
      );
      for (const input of [v, w, bias]) input.dispose();
    });
  });

  test('products go on when the heap has grown in between', async () => {
    await expectNoLeak(async () => {
      const make = (): Tensor => matMul(filled([8, 9], 1), filled([9, 10], 2));
      const before = tidy(make);
      const size = heapBytes();
      const big: Tensor[] = [];
      while (heapBytes() === size) big.push(zeros([1 << 22]));
      const after = tidy(make);
      expect([...after.dataSync()]).toEqual([...before.dataSync()]);
      for (const held of [before, after, ...big]) held.dispose();
    });
  });
});

/** Size of the heap, which a view from its start to its end has. */
function heapBytes(): number {
  return heapFloats(0, 0).buffer.byteLength;
}

test("tfjs's own products come back", () => {
  unregisterProducts();
  const own = ['BatchMatMul', '_FusedMatMul'].map((name) => getKernel(name, 'wasm').kernelFunc);
  registerProducts(ways[0]![1]);
  registerProducts(ways[0]![1]);
  expect(getKernel('BatchMatMul', 'wasm').kernelFunc).not.toBe(own[0]);
  unregisterProducts();
  expect(['BatchMatMul', '_FusedMatMul'].map((name) => getKernel(name, 'wasm').kernelFunc)).toEqual(own);
  unregisterProducts();
});
