import {
  argumentError,
  checkNumber,
  checkOptionNames,
  oneOf,
  checkValue,
  shown,
} from '@deepbelief/checks';
import { mapExtents, type ConvolutionGeometry } from '@deepbelief/kernels';

/** Options of a convolution: how filters slide over a picture. */
export interface ConvolutionOptions {
  /** Shape of the pictures that are the visible layer. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Height and width of a filter, in pixels; it sees all channels. */
  readonly filter: readonly [height: number, width: number];
  /** Number of filters: each makes a feature map. */
  readonly maps: number;
  /**
   * How many pixels a filter moves from one unit of its map to the next, in both directions.
   * Default 1.
   */
  readonly stride?: number;
  /** How many rows and columns of zeros surround the picture. Default 0. */
  readonly padding?: number;
  /**
   * Which visible units share a bias: all units of a channel, as in Lee et al. 2009, so that all
   * places in the picture are treated alike; or none, for aligned pictures whose edges are always
   * empty. Default `channel`.
   */
  readonly visibleBias?: 'channel' | 'pixel';
}

/** The sizes of a convolution. */
export interface ConvolutionShape extends ConvolutionGeometry {
  readonly visibleBias: 'channel' | 'pixel';
  /** Rows in a feature map. */
  readonly rows: number;
  /** Columns in a feature map. */
  readonly columns: number;
}

const NAMES = ['shape', 'filter', 'maps', 'stride', 'padding', 'visibleBias'];

/**
 * Returns the shape of the hidden layer, [rows, columns, maps]. Its product is the layer's size. It
 * is the visible layer's shape for another convolution on top.
 *
 * @throws RangeError if an option is unknown or out of range, or filters do not fit the picture
 */
export function featureMapShape(
  options: ConvolutionOptions,
): [rows: number, columns: number, maps: number] {
  const { rows, columns, maps } = convolutionShape('featureMapShape', options);
  return [rows, columns, maps];
}

/**
 * Checks a convolution's options and fills in the defaults.
 *
 * @param where the function that receives them, for errors
 */
export function convolutionShape(where: string, options: ConvolutionOptions): ConvolutionShape {
  checkOptionNames(where, options, [...NAMES, 'type']);
  const { shape, filter, maps, stride = 1, padding = 0, visibleBias = 'channel' } = options;
  checkExtents(where, 'shape', shape, ['height', 'width', 'channels']);
  checkExtents(where, 'filter', filter, ['height', 'width']);
  checkNumber(where, 'maps', maps, { low: 1, whole: true });
  const [height, width, channels] = shape;
  const [filterHeight, filterWidth] = filter;
  // A longer stride would leave pixels that no filter sees; more padding would add units that see
  // nothing.
  const shortest = Math.min(filterHeight, filterWidth);
  checkNumber(where, 'stride', stride, { low: 1, high: shortest, whole: true });
  checkNumber(where, 'padding', padding, { low: 0, high: shortest - 1, whole: true });
  checkValue(where, 'visibleBias', visibleBias, oneOf(['channel', 'pixel']));
  const checkFit = (along: string, length: number, size: number): void => {
    const left = length + 2 * padding - size;
    if (left < 0) {
      throw argumentError(
        `${where}: filter ${along} is ${size}, expected at most ${length + 2 * padding}, ` +
          `the picture's${padding === 0 ? '' : ' with its padding'}`,
      );
    }
    const over = left % stride;
    if (over > padding) {
      throw argumentError(
        `${where}: filter ${along} ${size} with stride ${stride} leaves ${over - padding} of ` +
          `${length} pixels unseen; a filter ${along} of ${size + over} or a padding of ` +
          `${padding + Math.ceil((stride - over) / 2)} fits`,
      );
    }
  };
  checkFit('height', height, filterHeight);
  checkFit('width', width, filterWidth);
  const geometry: ConvolutionGeometry = {
    height,
    width,
    channels,
    filterHeight,
    filterWidth,
    maps,
    stride,
    padding,
  };
  const [rows, columns] = mapExtents(geometry);
  return { ...geometry, visibleBias, rows, columns };
}

function checkExtents(
  where: string,
  name: string,
  extents: readonly number[],
  of: readonly string[],
): void {
  if (!Array.isArray(extents) || extents.length !== of.length) {
    throw argumentError(`${where}: ${name} is ${shown(extents)}, expected [${of.join(', ')}]`);
  }
  for (const [i, extent] of extents.entries()) {
    checkNumber(where, `${name} ${of[i]}`, extent as number, { low: 1, whole: true });
  }
}
