import { argumentError, checkNumber } from '@deepbelief/checks';

/**
 * The sizes of a convolution, as attributes of the convolution kernels.
 *
 * Pictures are flat rows of [height, width, channels], feature maps of [rows, columns, maps].
 */
export interface ConvolutionGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly maps: number;
  /**
   * Pixels from one unit of a map to the next, in both directions: at most a filter's shorter side.
   */
  readonly stride: number;
  /** Rows and columns of zeros around the picture: less than a filter's shorter side. */
  readonly padding: number;
}

/** Rows and columns of a feature map. */
export function mapExtents({
  height,
  width,
  filterHeight,
  filterWidth,
  stride,
  padding,
}: ConvolutionGeometry): readonly [rows: number, columns: number] {
  const places = (length: number, size: number): number =>
    Math.floor((length + 2 * padding - size) / stride) + 1;
  return [places(height, filterHeight), places(width, filterWidth)];
}

/** The sizes that a convolution's tensors must have. */
export interface ConvolutionShapes {
  readonly filters: readonly [number, number, number, number];
  /** Values per picture. */
  readonly visible: number;
  /** Units in its feature maps. */
  readonly hidden: number;
}

/** Throws a RangeError unless these are the sizes of a convolution; returns its tensors' shapes. */
export function checkGeometry(where: string, attributes: object): ConvolutionShapes {
  const geometry = attributes as ConvolutionGeometry;
  const { height, width, channels, filterHeight, filterWidth, maps, stride, padding } = geometry;
  for (const [name, value] of Object.entries({
    height,
    width,
    channels,
    filterHeight,
    filterWidth,
    maps,
  }))
    checkNumber(where, name, value, { low: 1, high: MOST, whole: true });
  const shortest = Math.min(filterHeight, filterWidth);
  checkNumber(where, 'stride', stride, { low: 1, high: shortest, whole: true });
  checkNumber(where, 'padding', padding, { low: 0, high: shortest - 1, whole: true });
  const [rows, columns] = mapExtents(geometry);
  if (rows < 1 || columns < 1) {
    throw argumentError(
      `${where}: the filter is ${filterHeight}×${filterWidth}, expected at most ` +
        `${height + 2 * padding}×${width + 2 * padding}, the picture with its padding`,
    );
  }
  const unseen = Math.max(
    ...[height - filterHeight, width - filterWidth].map((left) => (left + 2 * padding) % stride),
  );
  if (unseen > padding) {
    throw argumentError(
      `${where}: the filter ${filterHeight}×${filterWidth} with stride ${stride} leaves ` +
        `${unseen - padding} pixels of ${height}×${width} unseen, expected none`,
    );
  }
  return {
    filters: [filterHeight, filterWidth, channels, maps],
    visible: height * width * channels,
    hidden: rows * columns * maps,
  };
}

/** Larger than any tensor's extent. */
const MOST = 2 ** 30;
