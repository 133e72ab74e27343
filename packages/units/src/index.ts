export { binary } from './binary.ts';
export { binomial, type BinomialOptions } from './binomial.ts';
export { drelu } from './drelu.ts';
export { gaussian, type GaussianOptions } from './gaussian.ts';
export { layerParts, partKey, partName } from './layer-parts.ts';
export { mixed } from './mixed.ts';
export type { MixedPart } from './mixed-parts.ts';
export { nrelu, type NreluOptions } from './nrelu.ts';
export { ordinal, type OrdinalOptions } from './ordinal.ts';
export { poisson, type PoissonOptions } from './poisson.ts';
export { poolBlocks } from './pool-blocks.ts';
export { pooledBinary } from './pooled-binary.ts';
export { type BlockOptions } from './pooling-blocks.ts';
export { relu } from './relu.ts';
export { softmax, type SoftmaxOptions } from './softmax.ts';
export { spin } from './spin.ts';
export { steppedSigmoid, type SteppedSigmoidOptions } from './stepped-sigmoid.ts';
export { unitsFromConfig, usualConfig } from './units-from-config.ts';
export { unitTypes } from './unit-type-list.ts';
export { hasBinaryStates } from './has-binary-states.ts';
export type { UnitOption, UnitOptions, UnitType } from './unit-type.ts';
export type {
  LayerPart,
  ParameterBounds,
  PartConfig,
  StateRange,
  UnitParameters,
  Units,
  UnitsConfig,
  UnitStates,
} from './units.ts';
export { coefficients, type Coefficients } from './coefficients.ts';
export { UNIFORMS_KERNEL, type UniformsAttributes } from './draw.ts';
export type { Polynomial } from './polynomial.ts';
