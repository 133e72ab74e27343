import { argumentError } from '@deepbelief/checks';
import type { Connection } from '@deepbelief/connections';
import { mapExtents, type ConvolutionGeometry } from '@deepbelief/kernels';
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
  const { height, width, channels, stride, padding } = geometryOf(connection);
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
  const geometry = geometryOf(connection);
  const { height, width, filterHeight, filterWidth, stride, padding } = geometry;
  const [rows, columns] = mapExtents(geometry);
  const maps = g.transpose(g.reshape(x, [-1, rows, columns, geometry.maps]), [0, 3, 1, 2]);
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

/** Of connections without a matrix, by type. */
const GEOMETRIES: Readonly<Record<string, (config: Connection['config']) => ConvolutionGeometry>> =
  {
    convolutional(config) {
      const [height, width, channels] = config['shape'] as [number, number, number];
      const [filterHeight, filterWidth] = config['filter'] as [number, number];
      const [maps, stride, padding] = ['maps', 'stride', 'padding'].map(
        (name) => config[name] as number,
      ) as [number, number, number];
      return { height, width, channels, filterHeight, filterWidth, maps, stride, padding };
    },
  };

function geometryOf({ type, config }: Connection): ConvolutionGeometry {
  if (Object.hasOwn(GEOMETRIES, type)) return GEOMETRIES[type]!(config);
  throw argumentError(
    `encodeOnnx: a ${type} connection has no ONNX operators, expected a matrix or a convolution`,
  );
}
