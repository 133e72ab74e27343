import { argumentError, checkNumber, checkOptionNames, shown } from '@deepbelief/checks';
import type { LayerPart, Units, UnitStates } from './units.ts';

/** Some neighboring units of a mixed layer. */
export interface MixedPart {
  readonly units: Units;
  /** The number of units: for softmax, as in a layer, groups times their size. */
  readonly size: number;
}

/** Throws a RangeError unless a part of a mixed layer is an object of units and a size. */
export function checkMixedPart(
  part: unknown,
  number: number,
): asserts part is { units: unknown; size: unknown } {
  const where = `mixed: part ${number + 1}`;
  if (Object(part) !== part) {
    throw argumentError(`${where} is ${shown(part)}, expected { units, size }`);
  }
  checkOptionNames(where, part as object, ['units', 'size']);
}

/** Returns the checked parts of a mixed layer with their places. Parts of parts become parts. */
export function placedParts(given: readonly MixedPart[]): LayerPart[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw argumentError(
      `mixed: the parts are ${shown(given)}, expected a list of one or more, such as [{ ` +
        'units: binary(), size: 3 }]',
    );
  }
  const parts: LayerPart[] = [];
  let start = 0;
  (given as readonly MixedPart[]).forEach((part, i) => {
    checkMixedPart(part, i);
    const { units, size } = part;
    if (Object(units) !== units || !('checkSize' in units)) {
      throw argumentError(
        `mixed: part ${i + 1}: units is ${shown(units)}, expected a unit type, such as binary()`,
      );
    }
    checkNumber(`mixed: part ${i + 1}`, 'size', size, { low: 1, whole: true });
    try {
      units.checkSize(size);
    } catch (error) {
      throw argumentError(`mixed: part ${i + 1}: ${(error as Error).message}`);
    }
    for (const { units: type, size: n } of units.parts ?? [{ units, size }]) {
      parts.push({ units: type, size: n, start });
      start += n;
    }
  });
  return parts;
}

/**
 * Returns all states of the layer if each part has finitely many; the first unit changes fastest.
 */
export function statesOfParts(parts: readonly LayerPart[]): UnitStates | undefined {
  const groups: { readonly states: UnitStates; readonly start: number }[] = [];
  for (const { units, size, start } of parts) {
    const { states, groupSize } = units;
    if (states === undefined) return undefined;
    for (let i = 0; i < size; i += groupSize) groups.push({ states, start: start + i });
  }
  return {
    count: groups.reduce((product, { states }) => product * states.count, 1),
    write(row, offset, state) {
      let number = state;
      for (const { states, start } of groups) {
        states.write(row, offset + start, number % states.count);
        number = Math.floor(number / states.count);
      }
    },
  };
}
