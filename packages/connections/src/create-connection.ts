import { argumentError, checkFloats, shown } from '@deepbelief/checks';
import { scaledNormals } from '@deepbelief/kernels';
import type { RandomKey } from '@deepbelief/random';
import { keep, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Connection, ConnectionConfig, ConnectionType, LayerSizes } from './connection.ts';
import { connectionTypes } from './connection-types.ts';

/**
 * Makes a connection with small random weights: the key's standard normals times `weightScale`.
 *
 * @throws RangeError for an unknown type or option, or if the sizes do not fit
 */
export function createConnection(
  config: ConnectionConfig,
  sizes: LayerSizes,
  key: RandomKey,
  weightScale: number,
): Connection {
  const type = connectionType(config);
  const shape = type.weightsShape(config, sizes);
  const columns = shape.at(-1)!;
  const rows = shape.reduce((product, extent) => product * extent, 1) / columns;
  const normals = scaledNormals(key, [rows, columns], weightScale);
  if (type.start === undefined && shape.length === 2) return type.make(config, sizes, normals);
  const weights = tidy(() => {
    const shaped: Tensor = reshape(normals, shape);
    return keep(type.start === undefined ? shaped : type.start(config, sizes, shaped));
  });
  if (weights !== normals) normals.dispose();
  return type.make(config, sizes, weights);
}

/**
 * Restores the connection of a saved model.
 *
 * @param config the `config` of the saved connection
 * @param weights the saved `weights`; the connection owns them
 * @throws RangeError for an unknown type or option, or if sizes or weights do not fit
 */
export function connectionFromConfig(
  config: ConnectionConfig,
  sizes: LayerSizes,
  weights: Tensor,
): Connection {
  checkFloats('connectionFromConfig', 'weights', weights, connectionWeightsShape(config, sizes));
  return connectionType(config).make(config, sizes, weights);
}

/**
 * Returns the shape of the weights of a connection between layers of these sizes.
 *
 * @throws RangeError for an unknown type or option, or if the sizes do not fit
 */
export function connectionWeightsShape(config: ConnectionConfig, sizes: LayerSizes): number[] {
  return connectionType(config).weightsShape(config, sizes);
}

function connectionType(config: ConnectionConfig): ConnectionType {
  const name: unknown = Object(config) === config ? config.type : undefined;
  if (typeof name === 'string' && Object.hasOwn(connectionTypes, name))
    return connectionTypes[name]!;
  const known = Object.keys(connectionTypes).join(', ');
  throw argumentError(`connection: type is ${shown(name)}, expected one of ${known}`);
}
