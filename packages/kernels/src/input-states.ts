import { argumentError, checkFloats, shown } from '@deepbelief/checks';
import { checkKey, type RandomKey } from '@deepbelief/random';
import {
  unitsFromConfig,
  type UnitParameters,
  type Units,
  type UnitsConfig,
} from '@deepbelief/units';
import { add, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkUnitParameters } from './check-unit-parameters.ts';
import type { DenseStates, WantedStates } from './dense-states.ts';
import type { KernelInputs } from './kernel-inputs.ts';
import { runKernel } from './run-kernel.ts';
import { withFloats } from './with-floats.ts';

/**
 * Name of the kernel that computes `inputStates` for a unit type. A backend registers one for each
 * type that it fuses.
 *
 * Inputs: `input` [batch, units], `bias` [units]. Attributes: `InputStatesAttributes`. Outputs,
 * each [batch, units]: the mean if requested, then the sample if there is a key.
 */
export function inputStatesKernel(type: string): string {
  return `DeepbeliefInputStates:${type}`;
}

/** Attributes of the kernels of `inputStatesKernel`. */
export interface InputStatesAttributes {
  readonly units: UnitsConfig;
  readonly mean: boolean;
  /** Draws the sample as `Units.sample` would. */
  readonly key: RandomKey | undefined;
}

/** Units and what belongs to them. */
export interface LayerUnits {
  readonly units: Units;
  readonly parameters: UnitParameters;
  /** Shape [units]. */
  readonly bias: Tensor1D;
}

const WHERE = 'inputStates';

function checkInputStates(units: Units, inputs: KernelInputs, attributes: object): void {
  const { mean, key } = attributes as InputStatesAttributes;
  if (typeof mean !== 'boolean')
    throw argumentError(`${WHERE}: mean is ${shown(mean)}, expected true or false`);
  if (key !== undefined) checkKey(WHERE, key);
  const { input, bias, ...parameters } = inputs;
  checkFloats(WHERE, 'bias', bias, ['units']);
  const size = bias.shape[0]!;
  units.checkSize(size);
  checkFloats(WHERE, 'input', input, ['batch', size]);
  checkUnitParameters(WHERE, units, parameters, size);
}

/**
 * The same for a kernel called by name, with units as plain data.
 *
 * @returns the attributes, with the units' defaults filled in
 */
export function checkInputStatesKernel(
  type: string,
  inputs: KernelInputs,
  attributes: object,
): object {
  const units = unitsFromConfig((attributes as InputStatesAttributes).units);
  if (units.type !== type)
    throw argumentError(`${WHERE}: the units are ${units.type}, expected ${type}`);
  checkInputStates(units, inputs, attributes);
  return { ...attributes, units: units.config };
}

/**
 * Computes mean and sample of a layer of units with total input `input` + bias, in one pass if the
 * backend has the fused kernel, otherwise with the unit type's own functions. It serves connections
 * whose inputs are not a product with a matrix; for others, see `denseStates`.
 *
 * @param input from the other layer, shape [batch, units], float32, int32 or bool; not disposed
 * @throws RangeError if a shape or type does not fit
 */
export function inputStates<const W extends WantedStates>(
  { units: ofLayer, parameters, bias }: LayerUnits,
  input: Tensor2D,
  wanted: W,
): DenseStates<W> {
  const { mean = false, sample: key } = wanted;
  // A layer of one part is a layer of its type, to the last bit.
  const { parts = [] } = ofLayer;
  const units = parts.length === 1 ? parts[0]!.units : ofLayer;
  const attributes: InputStatesAttributes = { units: units.config, mean, key };
  const compute = (floats: { readonly input: Tensor2D }): object => {
    const inputs = { input: floats.input, bias, ...parameters };
    checkInputStates(units, inputs, attributes);
    const fused = runKernel(inputStatesKernel(units.type), inputs, attributes) as
      | Tensor2D[]
      | undefined;
    if (fused !== undefined)
      return { mean: mean ? fused[0] : undefined, sample: key && fused.at(-1) };
    return tidy(() => {
      const total = add<Tensor2D>(floats.input, bias);
      return {
        mean: mean ? units.mean(total, parameters) : undefined,
        sample: key && units.sample(total, key, parameters),
      } as object as Record<string, Tensor2D>;
    });
  };
  return withFloats({ input }, compute) as DenseStates<W>;
}
