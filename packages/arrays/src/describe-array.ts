import { numberMoments, numberSample, type NumberMoments } from '@deepbelief/data';
import { elementCount, type NumericArray } from './numeric-array.ts';

/** A type of units that an array's values fit, and why, in words for people. */
export interface FittingUnits {
  /** `binary`, `gaussian`, `poisson`, or `labels` for numbers of classes. */
  readonly units: string;
  readonly why: string;
}

/** What an array holds. */
export interface ArrayDescription extends NumberMoments {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Values that are NaN, and infinite ones; the rest are `numbers`. */
  readonly missing: number;
  readonly infinite: number;
  readonly zeros: number;
  /** The values with their counts, in order; undefined if there are more than 256. */
  readonly counts: ReadonlyMap<number, number> | undefined;
  /** Values of an example, and how many of them are the same in all examples. */
  readonly values: number;
  readonly constant: number;
  /** Some of the numbers, evenly drawn, for histograms. */
  readonly sample: readonly number[];
  /** The first fits best. None if no number is finite. */
  readonly fits: readonly FittingUnits[];
}

/** The most different values that are counted: those of a byte. */
const MOST_DISTINCT = 256;

/** The most values of an example that are looked at one by one. */
const MOST_PLACES = 2 ** 24;

/**
 * Describes an array, whose first dimension counts examples: its moments, gaps, constant values,
 * and the types of units that fit.
 */
export function describeArray({ dtype, shape, data }: NumericArray): ArrayDescription {
  const values = elementCount(shape.slice(1));
  const moments = numberMoments();
  const sample = numberSample();
  let counts: Map<number, number> | undefined = new Map();
  let [missing, infinite, zeros] = [0, 0, 0];
  const differs = new Uint8Array(values <= MOST_PLACES && shape.length > 0 ? values : 0);
  for (let i = 0, place = 0; i < data.length; i++, place = place + 1 === values ? 0 : place + 1) {
    const value = Number(data[i]);
    if (
      value !== Number(data[place]) &&
      !(Number.isNaN(value) && Number.isNaN(Number(data[place])))
    )
      differs[place] = 1;
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      moments.add(value);
      sample.add(value);
      if (value === 0) zeros++;
      if (counts === undefined) continue;
      const before = counts.get(value);
      if (before === undefined && counts.size === MOST_DISTINCT) counts = undefined;
      else counts.set(value, (before ?? 0) + 1);
    }
  }
  const found = moments.finish();
  return {
    dtype,
    shape,
    ...found,
    missing,
    infinite,
    zeros,
    counts: counts && new Map([...counts].toSorted(([a], [b]) => a - b)),
    values,
    constant: (shape[0] ?? 0) < 2 ? 0 : differs.reduce((count, one) => count + 1 - one, 0),
    sample: sample.numbers,
    fits: found.numbers === 0 ? [] : fitsOf(found, counts?.size, dtype, shape),
  };
}

function fitsOf(
  { lowest, highest, mean, deviation, whole }: NumberMoments,
  different: number | undefined,
  dtype: string,
  shape: readonly number[],
): FittingUnits[] {
  const fits: FittingUnits[] = [];
  const add = (units: string, why: string): void => void fits.push({ units, why });
  const range = `from ${figure(lowest)} to ${figure(highest)}`;
  const isSingle = shape.slice(1).every((size) => size === 1);
  if (isSingle && whole && different !== undefined && highest - lowest + 1 === different)
    add('labels', `one whole number for each example, ${range}: ${different} classes`);
  if (lowest >= 0 && highest <= 1) {
    add('binary', whole ? 'all values are 0 or 1' : `values go ${range}, as probabilities do`);
  } else if (dtype === 'uint8') {
    add('binary', `bytes, such as gray levels: with scale 1/255 they go from 0 to 1`);
  }
  const dispersion = deviation ** 2 / mean;
  if (whole && lowest >= 0 && highest > 1 && highest <= 1024 && dispersion < 2)
    add('poisson', `whole numbers ${range} with a variance of ${figure(dispersion)} means`);
  if (lowest === highest) add('none', `all values are ${figure(lowest)}`);
  else add('gaussian', `values go ${range}: standardize them first`);
  return fits;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
