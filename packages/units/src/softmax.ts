import {
  argMax,
  cast,
  clipByValue,
  cumsum,
  fill,
  greaterEqual,
  lessEqual,
  logSumExp,
  max,
  mul,
  oneHot,
  reshape,
  slice,
  softmax as softmaxOf,
  sub,
  sum,
  tidy,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { withGradient } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import { MEAN_MARGIN } from './input-for-mean.ts';
import { checkOptions, wholeNumber } from '@deepbelief/checks';
import type { UnitOptions, UnitType } from './unit-type.ts';
import type { Units } from './units.ts';

/** Options of `softmax`. */
export interface SoftmaxOptions {
  /** The number K ≥ 2 of neighboring units in a group. Exactly one unit of a group is on. */
  readonly groupSize: number;
}

/**
 * Softmax (categorical, Potts) units: neighboring units form groups of K, and exactly one unit of
 * each group is on. E(s) = 0 for such states. P(s_i = 1|x) = e^{x_i}/Σ_j e^{x_j} =: p_i, mean p,
 * variance p(1 − p), Γ(x) = Σ over groups of log Σ_j e^{x_j}.
 *
 * Source: G. Hinton, "A practical guide to training restricted Boltzmann machines" (2010), section
 * 13.1.
 *
 * @throws RangeError if an option is unknown, missing or out of range; functions of an input also
 *   throw it unless the units form whole groups
 */
export function softmax(options: SoftmaxOptions): Units {
  checkOptions('softmax', options, softmaxType.options);
  const { groupSize } = options;

  /**
   * One group per row. Infinite inputs become the largest numbers, which is the limit if all grow
   * alike.
   */
  function grouped(x: Tensor2D): Tensor2D {
    return reshape(clipByValue(x, -LARGEST, LARGEST), [-1, groupSize]);
  }
  // Cast, because the wasm backend's float32 oneHot has the bits of an int32 1.
  const hot = (index: Tensor1D, like: Tensor2D): Tensor2D =>
    reshape(cast(oneHot(index, groupSize), 'float32'), like.shape);
  const mean = (input: Tensor2D): Tensor2D =>
    tidy(() => reshape(softmaxOf(grouped(input)), input.shape));

  return checkedUnits({
    config: { type: 'softmax', groupSize },
    exact: true,
    range: { low: 0, high: 1 },
    reconstruction: 'sample',
    groupSize,
    groupSum: 1,
    states: {
      count: groupSize,
      write: (row, offset, state) => {
        row[offset + state] = 1;
      },
    },
    energy: (state) => zeros([state.shape[0]]),
    logNormalizer: (input) =>
      tidy(() => {
        const groups = grouped(input);
        const sums = logSumExp(groups, 1);
        const isLargest = greaterEqual(max(groups, 1), LARGEST);
        const isLowest = lessEqual(max(groups, 1), -LARGEST);
        const ends = where(
          isLargest,
          fill(sums.shape, Infinity),
          where(isLowest, fill(sums.shape, -Infinity), sums),
        );
        return sum(reshape(ends, [input.shape[0], input.shape[1] / groupSize]), 1);
      }),
    mean,
    variance: (input) =>
      tidy(() => {
        const p = mean(input);
        return mul(p, sub(1, p));
      }),
    mode: (input) => tidy(() => hot(argMax(grouped(input), 1), input)),
    sample: (input, key) =>
      tidy(() => {
        // Inversion: the first unit whose cumulative probability exceeds the group's uniform.
        const cumulative = cumsum(softmaxOf(grouped(input)), 1);
        const total = slice(cumulative, [0, groupSize - 1], [-1, 1]);
        const u = mul(drawUniforms(key, [cumulative.shape[0], 1]), total);
        return hot(sum(cast(greaterEqual(u, cumulative), 'int32'), 1), input);
      }),
    activation: (input) =>
      withGradient(
        input,
        mean,
        (dy, x) =>
          tidy(() => {
            // dx_i = p_i (dy_i − Σ_j p_j dy_j) within a group.
            const p: Tensor2D = softmaxOf(grouped(x));
            const slopes: Tensor2D = reshape(dy, [-1, groupSize]);
            return reshape(mul(p, sub(slopes, sum(mul(p, slopes), 1, true))), x.shape);
          }),
        groupSize,
      ),
    inputForMean: (means) => means.map((value) => Math.log(Math.max(value, MEAN_MARGIN))),
  });
}

/** How settings, files and user interfaces describe this type. */
export const softmaxType: UnitType = {
  type: 'softmax',
  label: 'softmax',
  about: 'Exactly one unit is on in each group of neighbors: a category.',
  formula: String.raw`P(s_i{=}1\mid x) = e^{x_i} / \textstyle\sum_j e^{x_j}`,
  source: 'Hinton 2010, 13.1',
  options: {
    groupSize: {
      about: 'How many neighboring units form a group in which exactly one is on.',
      ...wholeNumber(2, 2 ** 24, false),
    },
  },
  examples: [{ groupSize: 4 }, { groupSize: 2 }],
  make: (options) => softmax(options as UnitOptions & SoftmaxOptions),
};

/** Half the largest float32, so that the difference of two cannot overflow. */
const LARGEST = 1.7e38;
