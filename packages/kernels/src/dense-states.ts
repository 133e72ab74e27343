import type { RandomKey } from '@deepbelief/random';
import type { UnitParameters, Units, UnitsConfig } from '@deepbelief/units';
import { add, matMul, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from './run-kernel.ts';

/**
 * Name of the kernel that computes `denseStates` for a unit type. A backend registers one for each type that it has in
 * fused form.
 *
 * Inputs: `states` [batch, n]; `weights` [n, units], or [units, n] where they are `transposed`; `bias` [units]; and
 * `logPrecision` [units] where the type learns it. Attributes: `DenseStatesAttributes`. Outputs, each [batch, units]:
 * the mean where asked for, then the sample where there is a key.
 */
export function denseStatesKernel(type: string): string {
  return `DeepbeliefDenseStates:${type}`;
}

/** Attributes of the kernels of `denseStatesKernel`. */
export interface DenseStatesAttributes {
  readonly units: UnitsConfig;
  readonly transposed: boolean;
  readonly mean: boolean;
  /** Draws the sample, as `Units.sample` would with it. */
  readonly key: RandomKey | undefined;
}

/** One layer seen from the other. */
export interface DenseLayer {
  readonly units: Units;
  readonly parameters: UnitParameters;
  /** Shape [n, units], or [units, n] where `transposed`. */
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

/** States of a layer; those that were asked for. */
export type DenseStates<W extends WantedStates> = {
  readonly mean: W extends { readonly mean: true } ? Tensor2D : undefined;
  readonly sample: W extends { readonly sample: RandomKey } ? Tensor2D : undefined;
};

/**
 * Mean and sample of a layer of units whose total input is states · W + bias, in one pass where the backend has the
 * fused kernel, else by the unit type's own functions. The same key gives the same uniforms on every backend; samples
 * agree up to the rounding of the arithmetic.
 *
 * @param states of the other layer, shape [batch, n]; not disposed
 */
export function denseStates<const W extends WantedStates>(
  layer: DenseLayer,
  states: Tensor2D,
  wanted: W,
): DenseStates<W> {
  const { units, parameters, weights, bias, transposed } = layer;
  const mean = wanted.mean === true;
  const key = wanted.sample;
  const attributes: DenseStatesAttributes = { units: units.config, transposed, mean, key };
  const fused =
    states.dtype === 'float32'
      ? runKernel(denseStatesKernel(units.type), { states, weights, bias, ...parameters }, attributes)
      : undefined;
  if (fused !== undefined) {
    return { mean: mean ? fused[0] : undefined, sample: key && fused[mean ? 1 : 0] } as DenseStates<W>;
  }
  return tidy(() => {
    const input = add<Tensor2D>(matMul(states, weights, false, transposed), bias);
    return {
      mean: mean ? units.mean(input, parameters) : undefined,
      sample: key && units.sample(input, key, parameters),
    };
  }) as DenseStates<W>;
}
