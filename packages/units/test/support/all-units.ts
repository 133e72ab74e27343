import { tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { unitsFromConfig, unitTypes, type UnitParameters, type Units } from '../../src/index.ts';
import './tensors.ts';

/** The largest layer of the tests that all types share. */
const LARGEST = 400;

/**
 * Every example of every unit type, so that every option is tried, with a name for its tests. Mixed
 * layers, whose size their parts say, have tests of their own.
 */
export const examples: readonly (readonly [string, Units])[] = unitTypes
  .filter(({ type }) => type !== 'mixed')
  .flatMap((known) => known.examples.map((options) => ({ type: known.type, ...options })))
  .map((config) => [
    Object.entries(config)
      .map(([name, value]) => (name === 'type' ? value : `${name} ${value}`))
      .join(', '),
    unitsFromConfig(config),
  ]);

/** The same; those that learn parameters have those that they start with. */
export const titled: readonly (readonly [string, Units])[] = examples.map(([title, units]) => [
  title,
  started(units),
]);

function started(units: Units): Units {
  if (Object.keys(units.parameterBounds).length === 0) return units;
  // Before any test counts tensors.
  const all = Array.from({ length: LARGEST }, (_, i) => startingParameters(units, i + 1));
  const of = (x: Tensor2D | undefined): UnitParameters => all[(x?.shape?.[1] ?? 1) - 1]!;
  return {
    ...units,
    energy: (s) => units.energy(s, of(s)),
    logNormalizer: (x) => units.logNormalizer(x, of(x)),
    mean: (x) => units.mean(x, of(x)),
    variance: (x) => units.variance(x, of(x)),
    mode: (x) => units.mode(x, of(x)),
    sample: (x, key) => units.sample(x, key, of(x)),
    activation: (x) => units.activation(x, of(x)),
    parameterGradients: (s) => units.parameterGradients(s, of(s)),
    parameterMoments: (x) => units.parameterMoments(x, of(x)),
  };
}

function startingParameters(units: Units, size: number): Record<string, Tensor1D> {
  const start = Object.entries(units.initialParameters(size));
  return Object.fromEntries(start.map(([name, values]) => [name, tensor1d(values)]));
}
