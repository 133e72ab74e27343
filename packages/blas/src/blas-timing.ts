import { NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE, type CblasSgemm } from './blas-binding.ts';
import { spread } from './blas-check.ts';

/** Layer sizes as in training: visible and hidden units. */
const LAYERS = [
  [784, 500],
  [2048, 4000],
] as const;

const BATCH = 100;
const ROUNDS = 6;

/**
 * Measures the speed in GFLOP/s of the products of a training step. It takes the fastest of a few
 * rounds for each, which other work disturbs least. If a large product is wrong, it returns a
 * clause that says so.
 *
 * @param milliseconds about how long this may take; a slow BLAS is measured only on the small layer
 */
export function productSpeed(call: CblasSgemm, milliseconds = 500): number | string {
  let [work, time] = [0, 0];
  for (const [visible, hidden] of LAYERS) {
    const step = (2 * 5 * BATCH * visible * hidden) / 1e6;
    if (time > 0 && (step * time) / work > milliseconds) break;
    const best = bestTimes(call, visible, hidden, milliseconds / LAYERS.length);
    if (best === undefined)
      return `gives a wrong product of ${BATCH}×${visible} and ${visible}×${hidden}`;
    work += step;
    // A step: up, down and up again, then both halves of the gradient at once.
    time += 2 * best.up + best.down + best.gradient;
  }
  return work / time;
}

interface Times {
  readonly up: number;
  readonly down: number;
  readonly gradient: number;
}

/** Milliseconds for a layer's products; undefined if they are wrong. */
function bestTimes(
  call: CblasSgemm,
  visible: number,
  hidden: number,
  milliseconds: number,
): Times | undefined {
  const weights = repeated(visible * hidden, 1);
  const v = repeated(2 * BATCH * visible, 2);
  const h = new Float32Array(2 * BATCH * hidden);
  const [plain, turned] = [NO_TRANSPOSE, TRANSPOSE];
  const products = {
    up: () =>
      call(
        ROW_MAJOR,
        plain,
        plain,
        BATCH,
        hidden,
        visible,
        1,
        v,
        visible,
        weights,
        hidden,
        0,
        h,
        hidden,
      ),
    down: () =>
      call(
        ROW_MAJOR,
        plain,
        turned,
        BATCH,
        visible,
        hidden,
        1e-3,
        h,
        hidden,
        weights,
        hidden,
        0,
        v,
        visible,
      ),
    gradient: () =>
      call(
        ROW_MAJOR,
        turned,
        plain,
        visible,
        hidden,
        2 * BATCH,
        1e-6,
        v,
        visible,
        h,
        hidden,
        0.9,
        weights,
        hidden,
      ),
  };
  products.up();
  if (!rowsAgree(v, weights, h, visible, hidden)) return undefined;
  const best = { up: Infinity, down: Infinity, gradient: Infinity };
  const end = performance.now() + milliseconds;
  for (let round = 0; round < ROUNDS && (round < 1 || performance.now() < end); round++) {
    for (const name of ['up', 'down', 'gradient'] as const) {
      const start = performance.now();
      products[name]();
      best[name] = Math.min(best[name], performance.now() - start);
    }
  }
  return best;
}

/** Numbers in (−1, 1) that repeat after a length that divides no extent; this is quick to make. */
function repeated(length: number, seed: number): Float32Array {
  const pattern = spread(Math.min(length, 100_003), seed);
  const values = new Float32Array(length);
  for (let start = 0; start < length; start += pattern.length)
    values.set(pattern.subarray(0, length - start), start);
  return values;
}

/**
 * Freivalds' check of V·W = H: every row of H, weighted and summed, must equal V·(W·x) in float64.
 */
function rowsAgree(
  v: Float32Array,
  weights: Float32Array,
  h: Float32Array,
  visible: number,
  hidden: number,
): boolean {
  const x = spread(hidden, 4);
  const inner = new Float64Array(visible);
  for (let i = 0; i < visible; i++)
    for (let j = 0; j < hidden; j++) inner[i]! += weights[i * hidden + j]! * x[j]!;
  const tolerance = 1e-6 * Math.sqrt(visible * hidden);
  for (let row = 0; row < BATCH; row++) {
    let [expected, found] = [0, 0];
    for (let i = 0; i < visible; i++) expected += v[row * visible + i]! * inner[i]!;
    for (let j = 0; j < hidden; j++) found += h[row * hidden + j]! * x[j]!;
    if (!(Math.abs(found - expected) <= tolerance)) return false;
  }
  return true;
}
