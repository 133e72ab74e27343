import { foldKey, type RandomKey } from '@deepbelief/random';
import { concat, slice, tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerPart, UnitParameters, Units } from './units.ts';

/** Returns the parts of a layer: those of a mixed layer, else the whole layer as one part. */
export function layerParts(units: Units, size: number): readonly LayerPart[] {
  return units.parts ?? [{ units, size, start: 0 }];
}

/** Returns the name of a part in errors: `part 2, values 3 to 7`. */
export function partName(parts: readonly LayerPart[], part: LayerPart): string {
  const { start, size } = part;
  const values = size === 1 ? `value ${start}` : `values ${start} to ${start + size - 1}`;
  return `part ${parts.indexOf(part) + 1}, ${values}`;
}

/** Returns a part's columns. */
export function columnsOf(states: Tensor2D, { start, size }: LayerPart): Tensor2D {
  return slice(states, [0, start], [-1, size]);
}

/** Returns a part's own parameters, those that its type has. */
export function parametersOf(
  parameters: UnitParameters | undefined,
  { units, start, size }: LayerPart,
): Record<string, Tensor1D> {
  return Object.fromEntries(
    Object.keys(units.parameterBounds).map((name) => [
      name,
      slice(parameters![name]!, [start], [size]),
    ]),
  );
}

/** Puts the parts' columns side by side. */
export function besideEachOther(columns: readonly Tensor2D[]): Tensor2D {
  return concat<Tensor2D>([...columns], 1);
}

/** Joins the parts' values of one parameter; a part whose type lacks it has zeros. */
export function joinedParameter(
  parts: readonly LayerPart[],
  values: readonly (Tensor1D | undefined)[],
): Tensor1D {
  return concat<Tensor1D>(
    parts.map(({ size }, i) => values[i] ?? tensor1d(new Float32Array(size))),
  );
}

/** Returns the key of a part's draws. The first part uses the layer's own. */
export function partKey(key: RandomKey, part: number): RandomKey {
  return part === 0 ? key : foldKey(foldKey(key, 'part'), part);
}
