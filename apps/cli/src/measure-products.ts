import { matMul, tensor, tidy, type Tensor2D } from '@tensorflow/tfjs-core';

const [BATCH, VISIBLE, HIDDEN] = [100, 784, 500];

/**
 * Measures the speed of the current backend in GFLOP/s for the three products of training a small
 * layer, through tfjs and with the results read: up v·W, down h·Wᵀ, gradient vᵀ·h; the fastest of a
 * few rounds.
 */
export async function measureProducts(rounds = 5): Promise<number> {
  const filled = (rows: number, columns: number): Tensor2D =>
    tensor(
      Float32Array.from({ length: rows * columns }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5),
      [rows, columns],
    );
  const [v, h, weights] = [filled(BATCH, VISIBLE), filled(BATCH, HIDDEN), filled(VISIBLE, HIDDEN)];
  const products = [
    () => matMul<Tensor2D>(v, weights),
    () => matMul<Tensor2D>(h, weights, false, true),
    () => matMul<Tensor2D>(v, h, true, false),
  ];
  const best = products.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [i, product] of products.entries()) {
      const start = performance.now();
      const result = tidy(product);
      await result.data();
      best[i] = Math.min(best[i]!, performance.now() - start);
      result.dispose();
    }
  }
  for (const operand of [v, h, weights]) operand.dispose();
  return (2 * 3 * BATCH * VISIBLE * HIDDEN) / 1e6 / best.reduce((sum, time) => sum + time, 0);
}
