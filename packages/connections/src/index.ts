export type {
  Connection,
  ConnectionConfig,
  ConnectionType,
  LayerSizes,
  Side,
} from './connection.ts';
export { connectionTypes } from './connection-types.ts';
export {
  connectionFromConfig,
  connectionWeightsShape,
  createConnection,
} from './create-connection.ts';
export { dense } from './dense.ts';
