import type { RandomKey } from './key.ts';
import { fillRandomWords, wordToUniform } from './uniform.ts';

/** Horner's rule, highest coefficient first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0;
  for (let i = 0; i < coefficients.length; i++) value = value * x + coefficients[i]!;
  return value;
}

const CENTER_NUMERATOR = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
  13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
];
const CENTER_DENOMINATOR = [
  5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
  5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
];
const MIDDLE_NUMERATOR = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
  1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
  1.42343711074968357734,
];
const MIDDLE_DENOMINATOR = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
  0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const TAIL_NUMERATOR = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
  0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
  6.6579046435011037772,
];
const TAIL_DENOMINATOR = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
  7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769,
  1,
];

/**
 * Returns the inverse of the standard normal's cumulative distribution, to about 16 digits.
 *
 * Source: M. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
 * Statistics 37 (1988), routine PPND16.
 *
 * @param probability in (0, 1); 0 and 1 give -Infinity and Infinity, anything else gives NaN
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, CENTER_NUMERATOR)) / polynomial(r, CENTER_DENOMINATOR);
  }
  const tail = q < 0 ? probability : 1 - probability;
  if (!(tail > 0)) return tail === 0 ? Math.sign(q) * Infinity : NaN;
  const r = Math.sqrt(-Math.log(tail));
  const magnitude =
    r <= 5
      ? polynomial(r - 1.6, MIDDLE_NUMERATOR) / polynomial(r - 1.6, MIDDLE_DENOMINATOR)
      : polynomial(r - 5, TAIL_NUMERATOR) / polynomial(r - 5, TAIL_DENOMINATOR);
  return q < 0 ? -magnitude : magnitude;
}

/**
 * Returns `count` standard normals of a key: the quantiles of its uniforms. (Box-Muller would need
 * cosines, which are inaccurate on GPUs.)
 */
export function normals(key: RandomKey, count: number, draw = 0): Float32Array {
  const values = new Float32Array(count);
  fillNormals(values, key, 1, draw);
  return values;
}

/** Words drawn at once, so that a long draw needs no second array of the same length. */
const PIECE = 4096;

/**
 * Fills `values` with the normals of a key, each times `scale` in float32.
 *
 * @param draw which of several draws for the same elements, 0 to 65534
 */
export function fillNormals(values: Float32Array, key: RandomKey, scale = 1, draw = 0): void {
  const words = new Uint32Array(PIECE);
  const factor = Math.fround(scale);
  for (let first = 0; first < values.length; first += PIECE) {
    fillRandomWords(words, key, draw, first);
    const count = Math.min(PIECE, values.length - first);
    for (let i = 0; i < count; i++) {
      values[first + i] = Math.fround(normalQuantile(wordToUniform(words[i]!))) * factor;
    }
  }
}
