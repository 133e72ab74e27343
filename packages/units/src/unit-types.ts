/*
 * Every unit type. To add one, add a line here; saved models, command lines, the playground and
 * the shared tests then know it.
 */
export { binaryType } from './binary.ts';
export { binomialType } from './binomial.ts';
export { dreluType } from './drelu.ts';
export { gaussianType } from './gaussian.ts';
export { mixedType } from './mixed-type.ts';
export { nreluType } from './nrelu.ts';
export { ordinalType } from './ordinal.ts';
export { poissonType } from './poisson.ts';
export { pooledBinaryType } from './pooled-binary.ts';
export { reluType } from './relu.ts';
export { softmaxType } from './softmax.ts';
export { spinType } from './spin.ts';
export { steppedSigmoidType } from './stepped-sigmoid.ts';
