import { argumentError, checkList, checkNumber, floatStates } from '@deepbelief/checks';
import {
  add,
  div,
  mean,
  mul,
  norm,
  stack,
  sub,
  sum,
  tidy,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** How much features change when inputs are multiplied by a factor. */
export interface IntensityEquivariance {
  /** α. */
  readonly factor: number;
  /**
   * ‖f(αx) − αf(x)‖ / ‖αf(x)‖, averaged over the examples: 0 if features scale with their inputs.
   */
  readonly deviation: number;
  /** cos(f(αx), f(x)), averaged over the examples: 1 if only the length of the features changes. */
  readonly cosine: number;
}

/** Keeps the quotients finite if all features of an example are 0. */
const SMALLEST = 1e-30;

/**
 * Measures the intensity equivariance of features: compares f(αx) with αf(x). Rectified linear
 * units without bias or noise have f(αx) = αf(x) for α > 0, so the angle between two images'
 * features does not depend on their intensities. With biases this holds as far as they are small.
 * It does not hold for binary units.
 *
 * Source: V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines"
 * (2010), section 3.
 *
 * @param features [examples, values] to [examples, features], one row per example
 * @param inputs shape [examples, values], zero-mean; not disposed
 * @param factors α, each above 0
 * @throws RangeError for a factor that is not above 0, inputs without rows, and features that are
 *   not finite or do not have one row per example
 */
export async function intensityEquivariance(
  features: (inputs: Tensor2D) => Tensor2D,
  inputs: Tensor2D,
  factors: readonly number[],
): Promise<IntensityEquivariance[]> {
  checkList('intensityEquivariance', 'factors', factors, { low: Number.MIN_VALUE });
  const featuresOf = (states: Tensor2D): Tensor2D => {
    const found = floatStates(
      'intensityEquivariance',
      'what features returned',
      features(states),
      undefined,
    );
    if (found.shape[0] === states.shape[0]) return found;
    throw argumentError(
      `intensityEquivariance: features returned ${found.shape[0]} rows for ${states.shape[0]} ` +
        'examples, expected one each',
    );
  };
  const figures: IntensityEquivariance[] = [];
  for (const factor of factors) {
    const both = tidy(() => {
      const given = floatStates('intensityEquivariance', 'inputs', inputs, undefined);
      const plain = featuresOf(given);
      const scaled = featuresOf(mul(given, factor));
      const expected = mul<Tensor2D>(plain, factor);
      const deviation = div(length(sub(scaled, expected)), add(length(expected), SMALLEST));
      const cosine = div(
        sum(mul(scaled, plain), 1),
        add(mul(length(scaled), length(plain)), SMALLEST),
      );
      return stack([mean<Scalar>(deviation), mean<Scalar>(cosine)]);
    });
    const [deviation, cosine] = await both.data();
    both.dispose();
    checkNumber('intensityEquivariance', `the deviation for a factor of ${factor}`, deviation!, {});
    checkNumber('intensityEquivariance', `the cosine for a factor of ${factor}`, cosine!, {});
    figures.push({ factor, deviation: deviation!, cosine: cosine! });
  }
  return figures;
}

/** Returns the Euclidean length of each row. */
function length(rows: Tensor2D): Tensor1D {
  return norm(rows, 'euclidean', 1) as Tensor1D;
}
