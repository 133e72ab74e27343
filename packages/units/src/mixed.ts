import { argumentError } from '@deepbelief/checks';
import { addN, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { differentiable } from './differentiable.ts';
import { joinColumns, takeColumns } from './differentiable-columns.ts';
import {
  besideEachOther,
  columnsOf,
  joinedParameter,
  parametersOf,
  partKey,
  partName,
} from './layer-parts.ts';
import { checkLayerSize } from './layer-size.ts';
import { placedParts, statesOfParts, type MixedPart } from './mixed-parts.ts';
import type { LayerPart, ParameterBounds, UnitParameters, Units } from './units.ts';

type OwnParameters = Readonly<Record<string, Tensor1D>>;

/**
 * A layer of parts with their own unit types, such as a table's columns: binary units, a softmax
 * group for a category, Gaussian units for measurements. The parts stand side by side in the given
 * order; the layer's size is the sum of theirs. Energies and log-normalizers are the sums over the
 * parts; each part has its own means, samples and range. Parts of parts become parts.
 *
 * A parameter that types learn, such as `logPrecision`, has a value for every unit of the layer;
 * for units without the parameter, it is 0 and stays 0. The first part draws with the layer's key,
 * so a layer of one part draws the same numbers as a layer of its type.
 *
 * Source: for layers of several members of the exponential family, M. Welling, M. Rosen-Zvi & G.
 * Hinton, "Exponential family harmoniums" (2005); for tables, T. Tran, D. Phung & S. Venkatesh,
 * "Mixed-variate restricted Boltzmann machines" (2011).
 *
 * @throws RangeError if there are no parts, or a part is not a unit type and a size that fits it
 */
export function mixed(given: readonly MixedPart[]): Units {
  const parts = placedParts(given);
  const size = parts.reduce((total, part) => total + part.size, 0);
  const all = (trait: (units: Units) => boolean): boolean =>
    parts.every((part) => trait(part.units));

  type OfPart<T> = (units: Units, x: Tensor2D, own: OwnParameters, part: LayerPart) => T;
  const each = <T>(x: Tensor2D, parameters: UnitParameters | undefined, of: OfPart<T>): T[] =>
    parts.map((part) => of(part.units, columnsOf(x, part), parametersOf(parameters, part), part));
  const elementwise =
    (of: OfPart<Tensor2D>) =>
    (x: Tensor2D, parameters?: UnitParameters): Tensor2D =>
      tidy(() => besideEachOther(each(x, parameters, of)));
  const total =
    (of: OfPart<Tensor1D>) =>
    (x: Tensor2D, parameters?: UnitParameters): Tensor1D =>
      tidy(() => addN(each(x, parameters, of)));
  const bounds = commonBounds(parts);
  const ofParameters =
    (of: OfPart<OwnParameters>) =>
    (x: Tensor2D, parameters?: UnitParameters): Record<string, Tensor1D> =>
      tidy(() => {
        const found = each(x, parameters, of);
        return Object.fromEntries(
          Object.keys(bounds).map((name) => [
            name,
            joinedParameter(
              parts,
              found.map((own) => own[name]),
            ),
          ]),
        );
      });

  return checkedUnits({
    config: {
      type: 'mixed',
      parts: Object.freeze(
        parts.map(({ units, size: n }) => Object.freeze({ units: units.config, size: n })),
      ),
    },
    parts,
    keepsNaN: true,
    exact: all((units) => units.exact),
    range: {
      low: Math.min(...parts.map(({ units }) => units.range.low)),
      high: Math.max(...parts.map(({ units }) => units.range.high)),
    },
    rectified: all((units) => units.rectified),
    groupSize: size,
    states: statesOfParts(parts),
    parameterBounds: bounds,
    reconstruction: all((units) => units.reconstruction === 'mean') ? 'mean' : 'sample',
    energy: total((units, states, own) => units.energy(states, own)),
    logNormalizer: total((units, x, own) => units.logNormalizer(x, own)),
    mean: elementwise((units, x, own) => units.mean(x, own)),
    variance: elementwise((units, x, own) => units.variance(x, own)),
    mode: elementwise((units, x, own) => units.mode(x, own)),
    sample: (x, key, parameters) =>
      elementwise((units, columns, own, part) =>
        units.sample(columns, partKey(key, parts.indexOf(part)), own),
      )(x, parameters),
    activation: (x, parameters) =>
      tidy(() =>
        joinColumns(
          parts,
          parts.map((part) => partActivation(takeColumns(x, part), part, parameters)),
        ),
      ),
    inputForMean: (means) =>
      Float32Array.from(
        parts.flatMap((part) => {
          try {
            return [...part.units.inputForMean(means.subarray(part.start, part.start + part.size))];
          } catch (error) {
            throw argumentError(`mixed, ${partName(parts, part)}: ${(error as Error).message}`);
          }
        }),
      ),
    initialParameters: () =>
      Object.fromEntries(
        Object.keys(bounds).map((name) => {
          const values = new Float32Array(size);
          for (const { units, size: n, start } of parts) {
            const own = units.initialParameters(n)[name];
            if (own !== undefined) values.set(own, start);
          }
          return [name, values];
        }),
      ),
    parameterGradients: ofParameters((units, states, own) => units.parameterGradients(states, own)),
    parameterMoments: ofParameters((units, x, own) => units.parameterMoments(x, own)),
    checkSize(units) {
      checkLayerSize('mixed', units, 1);
      if (units === size) return;
      throw argumentError(
        `mixed.checkSize: size is ${units}, expected ${size}, the sum of the sizes of its parts`,
      );
    },
  });
}

/**
 * Returns a part's activation with its gradient. Types that learn parameters respond with their
 * mean, whose slope is the variance; the backward pass reads these parameters' values again.
 */
function partActivation(
  x: Tensor2D,
  part: LayerPart,
  parameters: UnitParameters | undefined,
): Tensor2D {
  const { units } = part;
  if (Object.keys(units.parameterBounds).length === 0) return units.activation(x);
  return differentiable(
    x,
    (input) => tidy(() => units.activation(input, parametersOf(parameters, part))),
    (input) => tidy(() => units.variance(input, parametersOf(parameters, part))),
  );
}

/** Returns the bounds of all parameters; the narrower ones for parameters that types share. */
function commonBounds(parts: readonly LayerPart[]): Record<string, ParameterBounds> {
  const bounds: Record<string, ParameterBounds> = {};
  for (const { units } of parts) {
    for (const [name, { low, high, largestStep }] of Object.entries(units.parameterBounds)) {
      const old = bounds[name] ?? { low, high, largestStep };
      bounds[name] = {
        low: Math.max(low, old.low),
        high: Math.min(high, old.high),
        largestStep: Math.min(largestStep, old.largestStep),
      };
    }
  }
  return bounds;
}
