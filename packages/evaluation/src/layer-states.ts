import type { Layer } from '@deepbelief/rbm';
import type { Units } from '@deepbelief/units';

/** The states of a layer whose units have finitely many states, numbered from 0. */
export interface LayerStates {
  /** Number of states; Infinity beyond the range of float64. */
  readonly count: number;
  /** log₂ of the number of states. */
  readonly bits: number;
  /** Returns states `start` to `start + length − 1`, one row each, [length · units]. */
  rows(start: number, length: number): Float32Array;
}

/** An independent part of a layer: a unit, or a softmax group. */
interface Site {
  /** Number of units. */
  readonly width: number;
  readonly states: number;
  /** Writes state number `state` over zeros at `offset`. */
  readonly write: (row: Float32Array, offset: number, state: number) => void;
}

/** Returns all states of a layer of units, or undefined if a unit has infinitely many. */
export function layerStates({
  units,
  size,
}: Pick<Layer, 'units' | 'size'>): LayerStates | undefined {
  const site = siteOf(units);
  if (site === undefined) return undefined;
  const sites = size / site.width;
  return {
    count: site.states ** sites,
    bits: sites * Math.log2(site.states),
    rows(start, length) {
      const values = new Float32Array(length * size);
      for (let i = 0; i < length; i++) {
        let number = start + i;
        // A state's number in base `site.states` has a digit for each site.
        for (let offset = i * size; offset < (i + 1) * size; offset += site.width) {
          site.write(values, offset, number % site.states);
          number = Math.floor(number / site.states);
        }
      }
      return values;
    },
  };
}

function siteOf({ type, config }: Units): Site | undefined {
  const option = (name: string): number => Number(config[name]);
  switch (type) {
    case 'binary':
      return counts(1);
    case 'spin':
      return {
        width: 1,
        states: 2,
        write: (row, offset, state) => void (row[offset] = 2 * state - 1),
      };
    case 'softmax': {
      const width = option('groupSize');
      return {
        width,
        states: width,
        write: (row, offset, state) => void (row[offset + state] = 1),
      };
    }
    case 'binomial':
      return counts(option('copies'));
    case 'stepped-sigmoid':
      return config['copies'] === undefined ? undefined : counts(option('copies'));
    default:
      return undefined;
  }
}

/** A unit with the states 0, 1, … most. */
function counts(most: number): Site {
  return { width: 1, states: most + 1, write: (row, offset, state) => void (row[offset] = state) };
}
