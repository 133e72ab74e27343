import { argumentError, checkOptions, wholeNumber } from '@deepbelief/checks';
import { concat, reshape, slice, tidy } from '@tensorflow/tfjs-core';
import type { Rank, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { UnitOption } from './unit-type.ts';

/** Where the blocks of a layer of feature maps are. */
export interface BlockOptions {
  /** Columns of a feature map. Its number of rows follows from the layer's size. */
  readonly width: number;
  /** Number of feature maps. A layer's units are ordered by rows, columns, maps. */
  readonly maps: number;
  /** Rows and columns of a block. */
  readonly block: number;
}

const extent = wholeNumber(1, 2 ** 24, false);

/** What the options mean and which values they accept. */
export const BLOCK_OPTIONS: Readonly<Record<keyof BlockOptions, UnitOption>> = {
  width: { about: 'Columns of a feature map.', ...extent },
  maps: { about: 'Number of feature maps.', ...extent },
  block: { about: 'Rows and columns of a block.', ...extent },
};

/**
 * Returns the units at each place in a block, in the order of the block's rows and columns: block²
 * tensors of shape [batch · rows / block, 1, width / block, maps], with one element per block. Call
 * it within `tidy`.
 */
export function splitBlocks(states: Tensor2D, { width, maps, block }: BlockOptions): Tensor4D[] {
  const across = width / block;
  const rowsOfBlocks = reshape<Rank.R4>(states, [-1, block, across, block * maps]);
  return places(block).map(([row, column]) =>
    slice(rowsOfBlocks, [0, row, 0, column * maps], [-1, 1, -1, maps]),
  );
}

/** Rejoins the layer whose blocks `splitBlocks` took apart, shape [batch, units]. */
export function joinBlocks(
  parts: readonly Tensor4D[],
  { block }: BlockOptions,
  like: Tensor2D,
): Tensor2D {
  return tidy(() => {
    if (block === 1) return reshape(parts[0]!, like.shape);
    const rows = Array.from({ length: block }, (_, row) =>
      concat(parts.slice(row * block, (row + 1) * block), 3),
    );
    return reshape(concat(rows, 1), like.shape);
  });
}

function places(block: number): [row: number, column: number][] {
  return Array.from({ length: block * block }, (_, i) => [Math.floor(i / block), i % block]);
}

/** Throws a RangeError unless these are blocks of feature maps. */
export function checkBlocks(where: string, options: BlockOptions): void {
  checkOptions(where, options, BLOCK_OPTIONS);
  const { width, block } = options;
  if (width % block === 0) return;
  throw argumentError(
    `${where}: width is ${width}, expected a multiple of block ${block}, such as ` +
      `${Math.max(1, Math.round(width / block)) * block}`,
  );
}

/**
 * Throws a RangeError unless a layer consists of whole rows of blocks.
 *
 * @param strip units in a row of blocks
 */
export function checkStrips(where: string, size: number, strip: number): void {
  if (size % strip === 0) return;
  throw argumentError(
    `${where}: size is ${size}, expected a multiple of block · width · maps = ${strip}, such as ` +
      `${Math.max(1, Math.round(size / strip)) * strip}`,
  );
}
