import {
  argumentError,
  anything,
  checkList,
  checkOptions,
  checkTensor,
  finiteNumber,
  oneOf,
} from '@deepbelief/checks';
import { pixelSheet, type PixelSheet, type PixelSheetOptions } from './pixel-sheet.ts';
import { strongestFilters, weightsOf, type FilterSource } from './strongest-filters.ts';

/** Which filters to show, and how. */
export interface FilterSheetOptions extends Pick<PixelSheetOptions, 'columns' | 'gap'> {
  /** The most filters to show. Default 100. */
  readonly limit?: number;
  /** The order: that of the weights, or by decreasing Euclidean norm. Default `weights`. */
  readonly order?: 'weights' | 'norm';
  /** Whether each filter has its own color scale, or all share one. Default `each`. */
  readonly range?: 'each' | 'all';
}

/**
 * Draws the filters of an RBM, a picture for each hidden unit: its weights to the visible units,
 * blue if negative, white at zero, red if positive. With three channels, zero is a middle gray.
 *
 * @param source an RBM; a stack of them, whose top layer's units are projected down to the data
 *   through the weights below; or weights of shape [visible, hidden]
 * @param shape [height, width] or [height, width, channels] of the data
 * @throws RangeError if the shape does not have the data's number of values, a shown weight is not
 *   finite, or an option is unknown or out of range
 */
export async function filterSheet(
  source: FilterSource,
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
  const { limit = 100, order = 'weights', range = 'each', ...layout } = options;
  const size = shape.reduce((product, length) => product * length, 1);
  const all = weightsOf(source);
  for (const each of all) checkTensor('filterSheet', 'the weights', each);
  const [weights] = all;
  if (weights?.shape[0] !== size) {
    throw argumentError(
      `filterSheet: the weights have shape [${weights?.shape.join(', ') ?? ''}], expected ` +
        `${size} rows for images of shape [${shape.join(', ')}]`,
    );
  }
  const { values } = await strongestFilters(source, { limit, order });
  checkList('filterSheet', 'the weights', values, {});
  const colors = shape[2] === 3 ? 'gray' : 'diverging';
  return pixelSheet(values, shape, { ...layout, range, symmetric: true, colors });
}
