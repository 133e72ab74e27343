import { argumentError, checkFloats } from '@deepbelief/checks';
import { convolutionDown, convolutionProduct, convolutionUp } from '@deepbelief/kernels';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Connection, ConnectionConfig, ConnectionType, Side } from './connection.ts';
import {
  convolutionShape,
  type ConvolutionOptions,
  type ConvolutionShape,
} from './convolution-shape.ts';

/**
 * Filters that slide over a picture: hidden unit (y, x) of map k sees the pixels of all channels
 * from (s·y − p, s·x − p) on through filter k, with stride s and padding p. Its input is the
 * correlation Σ v(s·y − p + i, s·x − p + j, c) F(i, j, c, k), over the filter's rows i, its columns
 * j and the channels c.
 *
 * Both layers are flat, with channels or maps last: a picture of shape [height, width, channels]
 * and feature maps of shape `featureMapShape`. Units of a feature map share their bias. A gradient
 * is the sum over all places of a filter, so learning rates must be smaller than those of a dense
 * matrix by about the number of places.
 *
 * Source: H. Lee, R. Grosse, R. Ranganath & A. Ng, "Convolutional deep belief networks for scalable
 * unsupervised learning of hierarchical representations" (2009), section 3.2.
 *
 * @param weights the filters F, shape [filter height, filter width, channels, maps]; the connection
 *   owns them
 * @throws RangeError if an option is unknown or out of range, or the filters do not fit
 */
export function convolutional(options: ConvolutionOptions, weights: Tensor4D): Connection {
  const shape = convolutionShape('convolutional', options);
  checkFloats('convolutional', 'weights', weights, filterShape(shape));
  return ofShape(shape, weights);
}

function ofShape(shape: ConvolutionShape, weights: Tensor4D): Connection {
  const { height, width, channels, rows, columns, maps } = shape;
  const connection: Connection = {
    type: 'convolutional',
    config: configOf(shape),
    visible: height * width * channels,
    hidden: rows * columns * maps,
    weights,
    matrix: undefined,
    up: (states, filters: Tensor = connection.weights) =>
      convolutionUp(shape, states, filters as Tensor4D),
    down: (states, filters: Tensor = connection.weights) =>
      convolutionDown(shape, states, filters as Tensor4D),
    product: (visible, hidden) => convolutionProduct(shape, visible, hidden),
    biasCounts: {
      hidden: maps,
      ...(shape.visibleBias === 'pixel' ? {} : { visible: channels }),
    },
    withWeights: (filters) => ofShape(shape, filters as Tensor4D),
    dispose: () => connection.weights.dispose(),
  };
  return connection;
}

/** See `convolutional`. */
export const convolutionalType: ConnectionType = {
  weightsShape(config, sizes) {
    const shape = convolutionShape('convolutional', optionsOf(config));
    const { height, width, channels, rows, columns, maps } = shape;
    checkSize('visible', [height, width, channels], sizes.visible);
    checkSize('hidden', [rows, columns, maps], sizes.hidden);
    return filterShape(shape);
  },
  make: (config, _sizes, weights) => convolutional(optionsOf(config), weights as Tensor4D),
};

function checkSize(side: Side, shape: readonly number[], size: number): void {
  const units = shape.reduce((product, extent) => product * extent, 1);
  if (units === size) return;
  throw argumentError(
    `convolutional: the ${side} layer has ${size} units, expected ${shape.join('×')} = ${units}`,
  );
}

function filterShape(shape: ConvolutionShape): number[] {
  return [shape.filterHeight, shape.filterWidth, shape.channels, shape.maps];
}

/** Returns all options, with defaults filled in. */
function configOf(shape: ConvolutionShape): ConnectionConfig {
  const { height, width, channels, filterHeight, filterWidth } = shape;
  const { maps, stride, padding, visibleBias } = shape;
  return {
    type: 'convolutional',
    shape: [height, width, channels],
    filter: [filterHeight, filterWidth],
    maps,
    stride,
    padding,
    visibleBias,
  };
}

/** `convolutionShape` checks them. */
function optionsOf(config: ConnectionConfig): ConvolutionOptions {
  return config as unknown as ConvolutionOptions;
}
