import {
  add,
  cast,
  clipByValue,
  exp,
  fill,
  greaterEqual,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  mul,
  reshape,
  sigmoid,
  sub,
  sum,
  tidy,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Rank, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { checkedUnits } from './checked-units.ts';
import { withGradient } from './differentiable.ts';
import { drawUniforms } from './draw.ts';
import { MEAN_MARGIN } from './input-for-mean.ts';
import { checkLayerSize } from './layer-size.ts';
import {
  BLOCK_OPTIONS,
  checkBlocks,
  checkStrips,
  joinBlocks,
  splitBlocks,
  type BlockOptions,
} from './pooling-blocks.ts';
import { softplus } from './softplus.ts';
import type { UnitOptions, UnitType } from './unit-type.ts';
import type { Units, UnitStates } from './units.ts';

/**
 * Binary units of feature maps with probabilistic max-pooling: at most one unit is on in each block
 * of neighbors in a map, with E(s) = 0 for such states. P(s_i = 1|x) = e^{x_i}/(1 + Σ_j e^{x_j}) =:
 * p_i over the units j of the block, mean p, variance p(1 − p), Γ(x) = Σ over blocks of log(1 + Σ_j
 * e^{x_j}). A block's pooling unit is on if one of its units is: see `poolBlocks`.
 *
 * Source: H. Lee, R. Grosse, R. Ranganath & A. Ng, "Convolutional deep belief networks for scalable
 * unsupervised learning of hierarchical representations" (2009), section 3.3.
 *
 * @throws RangeError if an option is unknown, missing or out of range; functions of an input also
 *   throw it unless the units form whole rows of blocks
 */
export function pooledBinary(options: BlockOptions): Units {
  checkBlocks('pooled-binary', options);
  const { width, maps, block } = options;
  const strip = block * width * maps;

  /** The blocks' units, and for each block L = log Σ_j e^{x_j}: p_i = e^{x_i − L} σ(L). */
  function inBlocks(x: Tensor2D): { parts: Tensor4D[]; logSum: Tensor4D } {
    checkStrips('pooled-binary', x.shape[1], strip);
    const parts = splitBlocks(clipByValue(x, -LARGEST, LARGEST), options);
    const largest = parts.reduce((a, b) => maximum(a, b));
    const total = parts
      .map((part) => exp<Tensor4D>(sub(part, largest)))
      .reduce((a, b) => add(a, b));
    return { parts, logSum: add(largest, log(total)) };
  }
  function probabilities(x: Tensor2D): Tensor4D[] {
    const { parts, logSum } = inBlocks(x);
    const isOn: Tensor4D = sigmoid(logSum);
    return parts.map((part) => mul(exp(sub(part, logSum)), isOn));
  }
  const joined = (parts: readonly Tensor4D[], like: Tensor2D): Tensor2D =>
    joinBlocks(parts, options, like);
  const mean = (x: Tensor2D): Tensor2D => tidy(() => joined(probabilities(x), x));

  return checkedUnits({
    config: { type: 'pooled-binary', width, maps, block },
    exact: true,
    range: { low: 0, high: 1 },
    reconstruction: 'sample',
    groupSize: strip,
    states: blockStates(options),
    energy: (state) => zeros([state.shape[0]]),
    logNormalizer: (input) =>
      tidy(() => {
        const logSum = reshape<Rank.R2>(inBlocks(input).logSum, [input.shape[0], -1]);
        const infinite = fill(logSum.shape, Infinity);
        return sum(where(greaterEqual(logSum, LARGEST), infinite, softplus(logSum)), 1);
      }),
    mean,
    variance: (input) =>
      tidy(() => {
        const p = mean(input);
        return mul(p, sub(1, p));
      }),
    mode: (input) =>
      tidy(() => {
        // The first of the largest, if it exceeds 0, the value of a block that is off.
        const { parts } = inBlocks(input);
        const largest = parts.reduce((a, b) => maximum(a, b));
        let taken: Tensor4D = lessEqual(largest, 0);
        const states: Tensor4D[] = parts.map((part) => {
          const isMode: Tensor4D = logicalAnd(greaterEqual(part, largest), logicalNot(taken));
          taken = logicalOr(taken, isMode);
          return cast<Tensor4D>(isMode, 'float32');
        });
        return joined(states, input);
      }),
    sample: (input, key) =>
      tidy(() => {
        // Inversion: each unit owns a piece of [0, 1] as long as its probability; in the rest, all
        // are off.
        const parts = probabilities(input);
        const { shape } = parts[0]!;
        const u = reshape<Rank.R4>(
          drawUniforms(key, [input.shape[0], input.shape[1] / block ** 2]),
          shape,
        );
        let end: Tensor4D = zeros(shape);
        let taken: Tensor4D = less(u, end);
        const states: Tensor4D[] = parts.map((part) => {
          end = add(end, part);
          const isOn: Tensor4D = logicalAnd(less(u, end), logicalNot(taken));
          taken = less(u, end);
          return cast<Tensor4D>(isOn, 'float32');
        });
        return joined(states, input);
      }),
    activation: (input) =>
      withGradient(
        input,
        mean,
        (dy, x) =>
          tidy(() => {
            // dx_i = p_i (dy_i − Σ_j p_j dy_j) within a block.
            const p = probabilities(x);
            const slopes = splitBlocks(dy, options);
            const average = p
              .map((one, i) => mul<Tensor4D>(one, slopes[i]!))
              .reduce((a, b) => add(a, b));
            return joined(
              p.map((one, i) => mul(one, sub(slopes[i]!, average))),
              x,
            );
          }),
        strip,
      ),
    inputForMean(means) {
      const blockOf = (i: number): string => {
        const [row, column] = [Math.floor(i / (width * maps)), Math.floor(i / maps) % width];
        return [Math.floor(row / block), Math.floor(column / block), i % maps].join();
      };
      const isOn = new Map<string, number>();
      means.forEach((value, i) => isOn.set(blockOf(i), (isOn.get(blockOf(i)) ?? 0) + value));
      return means.map((value, i) => {
        const off = Math.max(1 - isOn.get(blockOf(i))!, MEAN_MARGIN);
        return Math.log(Math.max(value, MEAN_MARGIN) / off);
      });
    },
    checkSize(size) {
      checkLayerSize('pooled-binary', size, 1);
      checkStrips('pooled-binary.checkSize', size, strip);
    },
  });
}

/** How settings, files and user interfaces describe this type. */
export const pooledBinaryType: UnitType = {
  type: 'pooled-binary',
  label: 'max-pooled binary',
  about: 'Units of feature maps, on or off: at most one is on in each block of neighbors.',
  formula: String.raw`P(s_i{=}1\mid x) = e^{x_i} / \bigl(1 + \textstyle\sum_j e^{x_j}\bigr)`,
  source: 'Lee et al. 2009, 3.3',
  options: BLOCK_OPTIONS,
  examples: [{ width: 2, maps: 1, block: 2 }],
  make: (options) => pooledBinary(options as UnitOptions & BlockOptions),
};

/**
 * Returns the states of a row of blocks. A block's state is 0, or 1 + the place of the unit that is
 * on.
 */
function blockStates({ width, maps, block }: BlockOptions): UnitStates {
  const perBlock = block ** 2 + 1;
  const blocks = (width / block) * maps;
  return {
    count: perBlock ** blocks,
    write(row, offset, state) {
      let number = state;
      for (let i = 0; i < blocks; i++) {
        const place = (number % perBlock) - 1;
        number = Math.floor(number / perBlock);
        if (place < 0) continue;
        const [down, across] = [Math.floor(place / block), place % block];
        const column = Math.floor(i / maps) * block + across;
        row[offset + (down * width + column) * maps + (i % maps)] = 1;
      }
    },
  };
}

/** Half the largest float32, so that the difference of two cannot overflow. */
const LARGEST = 1.7e38;
