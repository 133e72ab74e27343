export {
  ADAM_UPDATE_KERNEL,
  adamUpdate,
  type AdamMoving,
  type AdamSettings,
} from './adam-update.ts';
export { batchMean, batchSum } from './batch-sum.ts';
export { checkKernel } from './check-kernel.ts';
export {
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
  convolutionDown,
  convolutionProduct,
  convolutionUp,
} from './convolution.ts';
export { mapExtents, type ConvolutionGeometry } from './convolution-geometry.ts';
export {
  COUNT_OUTSIDE_KERNEL,
  countOutside,
  type CountOutsideAttributes,
} from './count-outside.ts';
export {
  denseStates,
  denseStatesKernel,
  type DenseLayer,
  type DenseStates,
  type DenseStatesAttributes,
  type WantedStates,
} from './dense-states.ts';
export {
  GRADIENT_FACTORS_KERNEL,
  gradientFactors,
  type GradientFactors,
  type Statistics,
} from './gradient-factors.ts';
export {
  inputStates,
  inputStatesKernel,
  type InputStatesAttributes,
  type LayerUnits,
} from './input-states.ts';
export {
  SCALED_NORMALS_KERNEL,
  scaledNormals,
  type ScaledNormalsAttributes,
} from './scaled-normals.ts';
export { SQUARED_DISTANCE_KERNEL, squaredDistance } from './squared-distance.ts';
export {
  MOMENTUM_UPDATE_KERNEL,
  momentumUpdate,
  wholeGradient,
  type Factors,
  type MomentumSettings,
  type Moving,
} from './momentum-update.ts';
export type { KernelInputs } from './kernel-inputs.ts';
