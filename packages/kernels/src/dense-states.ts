import { argumentError, checkFloats, shown } from '@deepbelief/checks';
import { checkKey, type RandomKey } from '@deepbelief/random';
import {
  unitsFromConfig,
  type UnitParameters,
  type Units,
  type UnitsConfig,
} from '@deepbelief/units';
import { add, matMul, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkUnitParameters } from './check-unit-parameters.ts';
import type { KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `denseStates` for a unit type. A backend registers one for each
 * type that it fuses.
 *
 * Inputs: `states` [batch, n]; `weights` [n, units], or [units, n] if `transposed`; `bias` [units];
 * and `logPrecision` [units] if the type learns it. Attributes: `DenseStatesAttributes`. Outputs,
 * each [batch, units]: the mean if requested, then the sample if there is a key.
 */
export function denseStatesKernel(type: string): string {
  return `DeepbeliefDenseStates:${type}`;
}

/** Attributes of the kernels of `denseStatesKernel`. */
export interface DenseStatesAttributes {
  readonly units: UnitsConfig;
  readonly transposed: boolean;
  readonly mean: boolean;
  /** Draws the sample as `Units.sample` would. */
  readonly key: RandomKey | undefined;
}

/** One layer seen from the other. */
export interface DenseLayer {
  readonly units: Units;
  readonly parameters: UnitParameters;
  /** Shape [n, units], or [units, n] if `transposed`. */
  readonly weights: Tensor2D;
  /** Shape [units]. */
  readonly bias: Tensor1D;
  readonly transposed: boolean;
}

/** What to compute: expected states, sampled ones, or both from one product. */
export interface WantedStates {
  readonly mean?: boolean;
  /** The key of the sample. */
  readonly sample?: RandomKey;
}

/** The requested states of a layer. */
export type DenseStates<W extends WantedStates> = {
  readonly mean: W extends { readonly mean: true } ? Tensor2D : undefined;
  readonly sample: W extends { readonly sample: RandomKey } ? Tensor2D : undefined;
};

const WHERE = 'denseStates';

/**
 * Throws a RangeError unless these are inputs and attributes of `denseStates` for units of this
 * type.
 */
function checkDenseStates(units: Units, inputs: KernelInputs, attributes: object): void {
  const { transposed, mean, key } = attributes as DenseStatesAttributes;
  if (typeof transposed !== 'boolean' || typeof mean !== 'boolean') {
    const [name, value] = typeof mean === 'boolean' ? ['transposed', transposed] : ['mean', mean];
    throw argumentError(`${WHERE}: ${name} is ${shown(value)}, expected true or false`);
  }
  if (key !== undefined) checkKey(WHERE, key);
  const { states, weights, bias, ...parameters } = inputs;
  checkFloats(WHERE, 'bias', bias, ['units']);
  const size = bias.shape[0]!;
  units.checkSize(size);
  checkFloats(WHERE, 'weights', weights, transposed ? [size, 'n'] : ['n', size]);
  checkFloats(WHERE, 'states', states, ['batch', weights.shape[transposed ? 1 : 0]!]);
  checkUnitParameters(WHERE, units, parameters, size);
}

/**
 * The same for a kernel called by name, with units as plain data.
 *
 * @returns the attributes, with the units' defaults filled in
 */
export function checkDenseStatesKernel(
  type: string,
  inputs: KernelInputs,
  attributes: object,
): object {
  const units = unitsFromConfig((attributes as DenseStatesAttributes).units);
  if (units.type !== type)
    throw argumentError(`${WHERE}: the units are ${units.type}, expected ${type}`);
  checkDenseStates(units, inputs, attributes);
  return { ...attributes, units: units.config };
}

/**
 * Computes mean and sample of a layer of units with total input states · W + bias, in one pass if
 * the backend has the fused kernel, otherwise with the unit type's own functions. The same key
 * gives the same uniforms on every backend; samples agree up to rounding.
 *
 * @param states of the other layer, shape [batch, n], float32, int32 or bool; not disposed
 * @throws RangeError if a shape or type does not fit
 */
export function denseStates<const W extends WantedStates>(
  layer: DenseLayer,
  states: Tensor2D,
  wanted: W,
): DenseStates<W> {
  const { parameters, weights, bias, transposed } = layer;
  const { mean = false } = wanted;
  // A layer of one part is a layer of its type, to the last bit.
  const { parts = [] } = layer.units;
  const units = parts.length === 1 ? parts[0]!.units : layer.units;
  const key = wanted.sample;
  const attributes: DenseStatesAttributes = { units: units.config, transposed, mean, key };
  const compute = (floats: { readonly states: Tensor2D }): object => {
    const inputs = { states: floats.states, weights, bias, ...parameters };
    checkDenseStates(units, inputs, attributes);
    const fused = runKernel(denseStatesKernel(units.type), inputs, attributes);
    if (fused !== undefined)
      return { mean: mean ? fused[0] : undefined, sample: key && fused[mean ? 1 : 0] };
    return tidy(() => {
      const input = add<Tensor2D>(matMul(floats.states, weights, false, transposed), bias);
      return {
        mean: mean ? units.mean(input, parameters) : undefined,
        sample: key && units.sample(input, key, parameters),
      };
    });
  };
  return withFloats({ states }, compute) as DenseStates<W>;
}
