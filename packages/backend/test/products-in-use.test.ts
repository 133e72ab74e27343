import {
  fused,
  grads,
  matMul,
  registerGradient,
  setBackend,
  tidy,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { registerProducts, unregisterProducts } from '../src/index.ts';
import { heapFloats, heapOffset } from '../src/wasm-heap.ts';
import { expectAsOnCpu, filled, layouts, ways } from './support/backends.ts';
import { expectNoLeak, expectSums } from './support/wasm.ts';

afterAll(unregisterProducts);

// The gradient that the union package of tfjs registers; the core alone has none.
registerGradient({
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved, attributes) => {
    const [a, b] = saved as [Tensor, Tensor];
    const { transposeA, transposeB } = attributes as object as {
      transposeA: boolean;
      transposeB: boolean;
    };
    const slope = dy as Tensor;
    return {
      a: () =>
        transposeA ? matMul(b, slope, transposeB, true) : matMul(slope, b, false, !transposeB),
      b: () =>
        transposeB ? matMul(slope, a, true, transposeA) : matMul(a, slope, !transposeA, false),
    };
  },
});

describe.each(ways)('with %s products', (_name, sgemm) => {
  beforeEach(async () => {
    await setBackend('wasm');
    registerProducts(sgemm);
  });

  test('gradients through products are those of the cpu backend', async () => {
    for (const [transposeA, transposeB] of layouts) {
      const gradient = (which: number) => (): Tensor => {
        const [a, b] = [
          filled(transposeA ? [6, 5] : [5, 6], 1),
          filled(transposeB ? [7, 6] : [6, 7], 2),
        ];
        const product = (x: Tensor, y: Tensor): Tensor => matMul(x, y, transposeA, transposeB);
        return grads(product)([a, b], filled([5, 7], 3))[which]!;
      };
      await expectAsOnCpu(gradient(0), 7);
      await expectAsOnCpu(gradient(1), 7);
    }
  });

  test('a product sees in-place changes of weights', async () => {
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

  test('products still work after the heap has grown', async () => {
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
