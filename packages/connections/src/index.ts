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
export { convolutional } from './convolutional.ts';
export {
  convolutionShape,
  featureMapShape,
  type ConvolutionOptions,
  type ConvolutionShape,
} from './convolution-shape.ts';
export { dense } from './dense.ts';
export { masked } from './masked.ts';
export { averageOverSharedBiases, sumOverSharedBiases } from './shared-biases.ts';
export { receptiveFields, type ReceptiveFields } from './receptive-fields.ts';
