import { floatStates } from '@deepbelief/checks';
import { add, reshape, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { checkBlocks, checkStrips, splitBlocks, type BlockOptions } from './pooling-blocks.ts';

/**
 * Returns the states of the pooling units above a layer of `pooledBinary`: 1 if a unit of the block
 * is on; for means, the probability of that. Shape [batch, rows / block · width / block · maps],
 * the visible layer of the next RBM.
 *
 * @param states or means of the layer, shape [batch, units]; not disposed
 * @throws RangeError if an option is missing or out of range, or the states are not a whole number
 *   of rows of blocks
 */
export function poolBlocks(states: Tensor2D, options: BlockOptions): Tensor2D {
  checkBlocks('poolBlocks', options);
  const { width, maps, block } = options;
  return tidy(() => {
    const floats = floatStates('poolBlocks', 'states', states, undefined);
    checkStrips('poolBlocks', floats.shape[1], block * width * maps);
    const pooled = splitBlocks(floats, options).reduce((a, b) => add(a, b));
    return reshape(pooled, [floats.shape[0], -1]);
  });
}
