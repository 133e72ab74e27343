import { argumentError, shown } from '@deepbelief/checks';
import { checkKey } from '@deepbelief/random';
import { UNIFORMS_KERNEL, type UniformsAttributes } from '@deepbelief/units';
import { ADAM_UPDATE_KERNEL, checkAdamUpdate } from './adam-update.ts';
import {
  checkConvolutionDown,
  checkConvolutionProduct,
  checkConvolutionUp,
  CONVOLUTION_DOWN_KERNEL,
  CONVOLUTION_PRODUCT_KERNEL,
  CONVOLUTION_UP_KERNEL,
} from './convolution.ts';
import { checkCountOutside, COUNT_OUTSIDE_KERNEL } from './count-outside.ts';
import { checkDenseStatesKernel, denseStatesKernel } from './dense-states.ts';
import { checkGradientFactors, GRADIENT_FACTORS_KERNEL } from './gradient-factors.ts';
import { checkInputStatesKernel, inputStatesKernel } from './input-states.ts';
import type { KernelInputs } from './kernel-inputs.ts';
import { checkMomentumUpdate, MOMENTUM_UPDATE_KERNEL } from './momentum-update.ts';
import { checkMatrixShape, checkScaledNormals, SCALED_NORMALS_KERNEL } from './scaled-normals.ts';
import { checkSquaredDistance, SQUARED_DISTANCE_KERNEL } from './squared-distance.ts';

const CHECKS: ReadonlyMap<string, (inputs: KernelInputs, attributes: object) => void> = new Map([
  [ADAM_UPDATE_KERNEL, checkAdamUpdate],
  [CONVOLUTION_DOWN_KERNEL, checkConvolutionDown],
  [CONVOLUTION_PRODUCT_KERNEL, checkConvolutionProduct],
  [CONVOLUTION_UP_KERNEL, checkConvolutionUp],
  [COUNT_OUTSIDE_KERNEL, checkCountOutside],
  [GRADIENT_FACTORS_KERNEL, checkGradientFactors],
  [MOMENTUM_UPDATE_KERNEL, checkMomentumUpdate],
  [SCALED_NORMALS_KERNEL, (_, attributes) => checkScaledNormals(attributes)],
  [SQUARED_DISTANCE_KERNEL, checkSquaredDistance],
  [UNIFORMS_KERNEL, (_, attributes) => checkUniforms(attributes)],
]);

const DENSE_STATES = denseStatesKernel('');
const INPUT_STATES = inputStatesKernel('');

/**
 * Throws a RangeError, with the portable form's message, unless a kernel of this package can run
 * with these inputs and attributes. A backend must call it first in every kernel that it registers:
 * anyone can run a kernel by name, and a kernel that trusts a wrong shape overwrites other tensors.
 *
 * @returns the attributes to compute with, defaults filled in
 */
export function checkKernel(
  kernelName: string,
  inputs: KernelInputs,
  attributes: object | undefined,
): object {
  const given = attributes ?? {};
  if (kernelName.startsWith(DENSE_STATES)) {
    return checkDenseStatesKernel(kernelName.slice(DENSE_STATES.length), inputs, given);
  }
  if (kernelName.startsWith(INPUT_STATES)) {
    return checkInputStatesKernel(kernelName.slice(INPUT_STATES.length), inputs, given);
  }
  const check = CHECKS.get(kernelName);
  if (check === undefined) throw argumentError(`checkKernel: there is no kernel ${kernelName}`);
  check(inputs, given);
  return given;
}

/** The most draws of one key: see `randomWords` of @deepbelief/random. */
const MOST_DRAWS = 65534;

function checkUniforms(attributes: object): void {
  const { key, shape, draw } = attributes as UniformsAttributes;
  checkKey('uniforms', key);
  checkMatrixShape('uniforms', shape);
  if (Number.isInteger(draw) && draw >= 0 && draw <= MOST_DRAWS) return;
  throw argumentError(
    `uniforms: draw is ${shown(draw)}, expected a whole number from 0 to ${MOST_DRAWS}`,
  );
}
