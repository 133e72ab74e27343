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
import { checkLayerSize } from './layer-size.ts';
import { checkOptions, wholeNumber } from '@deepbelief/checks';
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
  checkOptions('softmax', options, { groupSize: wholeNumber(2, 2 ** 24, false) });
  const { groupSize } = options;

  function checkSize(size: number): void {
    checkLayerSize('softmax', size);
    if (size % groupSize === 0) return;
    const fits = Math.max(1, Math.round(size / groupSize)) * groupSize;
    throw new RangeError(
      `softmax.checkSize: size is ${size}, expected a multiple of groupSize ${groupSize}, such as ${fits}`,
    );
  }
  /**
   * One group per row. Infinite inputs become the largest numbers, which is the limit if all grow
   * alike.
   */
  function grouped(x: Tensor2D): Tensor2D {
    checkSize(x.shape[1]);
    return reshape(clipByValue(x, -LARGEST, LARGEST), [-1, groupSize]);
  }
  // Cast, because the wasm backend's float32 oneHot has the bits of an int32 1.
  const hot = (index: Tensor1D, like: Tensor2D): Tensor2D =>
    reshape(cast(oneHot(index, groupSize), 'float32'), like.shape);
  const mean = (input: Tensor2D): Tensor2D =>
    tidy(() => reshape(softmaxOf(grouped(input)), input.shape));

  return checkedUnits(
    {
      type: 'softmax',
      config: { type: 'softmax', groupSize },
      exact: true,
      range: { low: 0, high: 1 },
      reconstruction: 'sample',
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
      checkSize,
    },
    groupSize,
  );
}

/** Half the largest float32, so that the difference of two cannot overflow. */
const LARGEST = 1.7e38;
