import {
  anything,
  checkList,
  checkOptions,
  checkTensor,
  finiteNumber,
  oneOf,
} from '@deepbelief/checks';
import type { Rbm } from '@deepbelief/rbm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { pixelSheet, type PixelSheet, type PixelSheetOptions } from './pixel-sheet.ts';

/** Which filters to show, and how. */
export interface FilterSheetOptions extends Pick<PixelSheetOptions, 'columns' | 'gap'> {
  /** How many filters at most. Default 100. */
  readonly limit?: number;
  /**
   * Which come first: those in the weights' own order, or those of the largest Euclidean norm.
   * Default `weights`.
   */
  readonly order?: 'weights' | 'norm';
  /**
   * Whether each filter fills the colors by itself, or all filters share one scale. Default `each`.
   */
  readonly range?: 'each' | 'all';
}

/**
 * The filters of an RBM, a picture for each hidden unit: its weights to the visible units, blue
 * where negative, white at zero, red where positive; with three channels each channel's gray is at
 * zero.
 *
 * @param weights an RBM, or weights of shape [visible, hidden], such as the product of two layers'
 *   weights
 * @param shape [height, width] or [height, width, channels] of the visible layer
 * @throws RangeError when the visible units are not as many as the shape's values, a weight is not
 *   finite, or an option is unknown or out of range
 */
export async function filterSheet(
  weights: Rbm | Tensor2D,
  shape: readonly number[],
  options: FilterSheetOptions = {},
): Promise<PixelSheet> {
  checkOptions('filterSheet', options, {
    limit: finiteNumber({ low: 1, whole: true }),
    order: oneOf(['weights', 'norm']),
    range: oneOf(['each', 'all']),
    // `pixelSheet` checks them.
    columns: anything,
    gap: anything,
  });
  const matrix = 'weights' in weights ? weights.weights : weights;
  checkTensor('filterSheet', 'the weights', matrix);
  const { limit = 100, order = 'weights', range = 'each', ...layout } = options;
  const [visible, hidden] = matrix.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  if (visible !== size) {
    throw new RangeError(
      `filterSheet: the weights have shape [${visible}, ${hidden}], expected ${size} rows for images of shape ` +
        `[${shape.join(', ')}]`,
    );
  }
  const values = await matrix.data<'float32'>();
  checkList('filterSheet', 'the weights', values, {});
  const units = Array.from({ length: hidden }, (_, unit) => unit);
  if (order === 'norm') {
    const norms = squaredNorms(values, hidden);
    units.sort((a, b) => norms[b]! - norms[a]!);
  }
  const shown = units.slice(0, limit);
  const filters = Float32Array.from({ length: shown.length * visible }, (_, i) => {
    const unit = shown[Math.floor(i / visible)]!;
    return values[(i % visible) * hidden + unit]!;
  });
  const colors = shape[2] === 3 ? 'gray' : 'diverging';
  return pixelSheet(filters, shape, { ...layout, range, symmetric: true, colors });
}

/** Σᵢ Wᵢⱼ² of each column. */
function squaredNorms(values: Float32Array, columns: number): Float64Array {
  const norms = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) norms[i % columns]! += values[i]! ** 2;
  return norms;
}
