import type { BenchCase, BenchConvolution } from './cases.ts';

/** Of a float32. */
const BYTES = 4;

/** A product C[rows, columns] of the floor: layouts, and whether it adds to C. */
export interface FloorProduct {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
}

/**
 * The products that a case cannot do without.
 *
 * CD-1: up, down, up again, and both halves of the gradient as one product with K = 2·batch that
 * accumulates into the velocity. Fine-tuning: forward, the gradient of each layer's weights into
 * its velocity, and back to every layer except the data. A convolution's are those of CD-1 with
 * what the units see already copied side by side: one row a unit of a feature map.
 */
export function floorProducts({ kind, sizes, batch, convolution }: BenchCase): FloorProduct[] {
  if (convolution !== undefined) return convolutionProducts(convolution, batch);
  const up = (inputs: number, outputs: number): FloorProduct => product(batch, outputs, inputs, '');
  const down = (inputs: number, outputs: number): FloorProduct =>
    product(batch, inputs, outputs, 'B');
  const layers = sizes.slice(1).map((outputs, i) => [sizes[i]!, outputs] as const);
  if (kind !== 'fine-tuning') {
    const [visible, hidden] = layers[0]!;
    const gradient = { ...product(visible, hidden, 2 * batch, 'A'), accumulate: true };
    return [up(visible, hidden), down(visible, hidden), up(visible, hidden), gradient];
  }
  return [
    ...layers.map(([inputs, outputs]) => up(inputs, outputs)),
    ...layers.map(([inputs, outputs]) => ({
      ...product(inputs, outputs, batch, 'A'),
      accumulate: true,
    })),
    ...layers.slice(1).map(([inputs, outputs]) => down(inputs, outputs)),
  ];
}

function convolutionProducts(
  { side, channels, filter, maps }: BenchConvolution,
  batch: number,
): FloorProduct[] {
  const places = batch * (side - filter + 1) ** 2;
  const seen = filter ** 2 * channels;
  const up = product(places, maps, seen, '');
  const gradient = { ...product(seen, maps, 2 * places, 'A'), accumulate: true };
  return [up, product(places, seen, maps, 'B'), up, gradient];
}

function product(
  rows: number,
  columns: number,
  depth: number,
  transposed: '' | 'A' | 'B',
): FloorProduct {
  return {
    rows,
    columns,
    depth,
    transposeA: transposed === 'A',
    transposeB: transposed === 'B',
    accumulate: false,
  };
}

/** Floating-point operations of a step's products, in units of 10⁹. */
export function gigaOperations(plan: BenchCase): number {
  return floorProducts(plan).reduce(
    (sum, { rows, columns, depth }) => sum + (2 * rows * columns * depth) / 1e9,
    0,
  );
}

/**
 * The least bytes of weights and velocities that a step moves, counting each pass over a matrix
 * once: every product reads its weights, the accumulating one reads and writes the velocity, and
 * the update reads and writes both.
 */
export function bytesMoved(plan: BenchCase): number {
  // Reads and writes of both: four passes.
  const updates = 4 * (weightBytes(plan) / BYTES);
  const products = floorProducts(plan).map(({ rows, columns, depth, accumulate }) =>
    accumulate ? 2 * rows * columns : columns * depth,
  );
  return 4 * (products.reduce((a, b) => a + b, 0) + updates);
}

/** Steps per epoch of MNIST. */
const EPOCH_STEPS = 600;

/** Steps per unit of a case: 1, or those of an epoch. */
export function stepsOf({ kind }: BenchCase): number {
  return kind === 'epoch' ? EPOCH_STEPS : 1;
}

/** Bytes of a case's weights. */
export function weightBytes({ sizes, convolution }: BenchCase): number {
  if (convolution !== undefined) {
    const { filter, channels, maps } = convolution;
    return 4 * filter ** 2 * channels * maps;
  }
  return sizes.slice(1).reduce((sum, outputs, i) => sum + 4 * sizes[i]! * outputs, 0);
}
