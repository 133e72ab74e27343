import type { Layer } from '@deepbelief/rbm';

/** The states of a layer whose units have finitely many states, numbered from 0. */
export interface LayerStates {
  /** Number of states; Infinity beyond the range of float64. */
  readonly count: number;
  /** log₂ of the number of states. */
  readonly bits: number;
  /** Returns states `start` to `start + length − 1`, one row each, [length · units]. */
  rows(start: number, length: number): Float32Array;
}

/** Returns all states of a layer of units, or undefined if a unit has infinitely many. */
export function layerStates({
  units,
  size,
}: Pick<Layer, 'units' | 'size'>): LayerStates | undefined {
  const { states, groupSize } = units;
  if (states === undefined) return undefined;
  const groups = size / groupSize;
  return {
    count: states.count ** groups,
    bits: groups * Math.log2(states.count),
    rows(start, length) {
      const values = new Float32Array(length * size);
      for (let i = 0; i < length; i++) {
        let number = start + i;
        // A state's number in base `states.count` has a digit for each group.
        for (let offset = i * size; offset < (i + 1) * size; offset += groupSize) {
          states.write(values, offset, number % states.count);
          number = Math.floor(number / states.count);
        }
      }
      return values;
    },
  };
}
