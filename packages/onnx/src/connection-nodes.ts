import { argumentError } from '@deepbelief/checks';
import {
  convolutionShape,
  type Connection,
  type ConvolutionOptions,
  type ConvolutionShape,
} from '@deepbelief/connections';
import type { Graph, Numbers, Value } from './graph.ts';

/** A connection whose weights were read. */
export interface ReadConnection {
  readonly connection: Connection;
  readonly weights: Numbers;
}

/** Inputs of the hidden units, vW + b. */
export function upNodes(g: Graph, x: Value, read: ReadConnection, bias: Numbers): Value {
  const { connection, weights } = read;
  if (connection.matrix !== undefined)
    return g.node('Gemm', [x, g.constant(weights), g.constant(bias)]);
  const { height, width, channels, stride, padding } = shapeOf(connection);
  const picture = g.transpose(g.reshape(x, [-1, height, width, channels]), [0, 3, 1, 2]);
  const maps = g.node('Conv', [picture, filters(g, weights)], {
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
  const flat = g.reshape(g.transpose(maps, [0, 2, 3, 1]), [-1, connection.hidden]);
  return g.add(flat, g.constant(bias));
}

/** Inputs of the visible units, hWᵀ + a. */
export function downNodes(g: Graph, x: Value, read: ReadConnection, bias: Numbers): Value {
  const { connection, weights } = read;
  if (connection.matrix !== undefined)
    return g.node('Gemm', [x, g.constant(weights), g.constant(bias)], { transB: 1 });
  const shape = shapeOf(connection);
  const { height, width, filterHeight, filterWidth, rows, columns, stride, padding } = shape;
  const maps = g.transpose(g.reshape(x, [-1, rows, columns, shape.maps]), [0, 3, 1, 2]);
  const left = (length: number, places: number, size: number): number =>
    length - (stride * (places - 1) + size - 2 * padding);
  const picture = g.node('ConvTranspose', [maps, filters(g, weights)], {
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
    output_padding: [left(height, rows, filterHeight), left(width, columns, filterWidth)],
  });
  const flat = g.reshape(g.transpose(picture, [0, 2, 3, 1]), [-1, connection.visible]);
  return g.add(flat, g.constant(bias));
}

/** [height, width, channels, maps] as ONNX has them: [maps, channels, height, width]. */
function filters(g: Graph, weights: Numbers): Value {
  return g.transpose(g.constant(weights), [3, 2, 0, 1]);
}

/** The sizes of connections without a matrix, by type. */
const SHAPES: Readonly<Record<string, (config: Connection['config']) => ConvolutionShape>> = {
  convolutional: (config) =>
    convolutionShape('encodeOnnx', config as unknown as ConvolutionOptions),
};

function shapeOf({ type, config }: Connection): ConvolutionShape {
  if (Object.hasOwn(SHAPES, type)) return SHAPES[type]!(config);
  throw argumentError(
    `encodeOnnx: a ${type} connection has no ONNX operators, expected a matrix or a convolution`,
  );
}
