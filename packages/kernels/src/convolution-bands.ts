import {
  concat,
  matMul,
  reshape,
  slice,
  tensor2d,
  tidy,
  transpose,
  zeros,
  type Rank,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Tiling } from './convolution-tiles.ts';

/*
 * This computes a convolution almost entirely as matrix products that are large enough to be
 * fast.
 *
 * Along x, a filter's row becomes a band matrix from a whole row of a tile to the feature map's row
 * in it. Half of it is zeros, yet on the wasm backend these products are several times faster than
 * tfjs's own convolutions and their transposes, and that backend has no gradient of filters.
 * Copying out every patch is slower too, because copying takes longer than multiplying. Along y,
 * strips (`convolution-strips.ts`) hold the rows that a filter sees.
 */

/**
 * Returns the matrix of zeros and ones that places a filter's columns in a row of a tile:
 * [tileWidth · channels · tileColumns, filterWidth · channels].
 */
export function placements(tiling: Tiling): Tensor2D {
  const { channels, tileWidth, tileColumns, filterWidth, stride } = tiling;
  const across = filterWidth * channels;
  const places = new Float32Array(tileWidth * channels * tileColumns * across);
  for (let x = 0; x < tileWidth; x++) {
    for (let column = 0; column < tileColumns; column++) {
      const offset = x - column * stride;
      if (offset < 0 || offset >= filterWidth) continue;
      for (let channel = 0; channel < channels; channel++) {
        const row = (x * channels + channel) * tileColumns + column;
        places[row * across + offset * channels + channel] = 1;
      }
    }
  }
  return tensor2d(places, [tileWidth * channels * tileColumns, across]);
}

/**
 * Turns filters [filterHeight, filterWidth, channels, maps] into a band matrix from strips to rows
 * of a tile's feature maps, [strip, tileColumns · maps].
 */
export function bandMatrix(tiling: Tiling, places: Tensor2D, filters: Tensor4D): Tensor2D {
  const { channels, tileWidth, tileColumns, filterHeight, filterWidth, maps } = tiling;
  const [inRow, across, columns] = [tileWidth * channels, filterWidth * channels, tileColumns];
  return tidy(() => {
    const rows = reshape<Rank.R3>(filters, [filterHeight, across, maps]);
    const acrossFirst = reshape<Rank.R2>(transpose(rows, [1, 0, 2]), [across, filterHeight * maps]);
    const placed = matMul(places, acrossFirst);
    const byRow = transpose(
      reshape<Rank.R4>(placed, [inRow, columns, filterHeight, maps]),
      [2, 0, 1, 3],
    );
    const band = reshape<Rank.R2>(byRow, [filterHeight * inRow, columns * maps]);
    const unused = unusedRows(tiling) * inRow;
    if (unused === 0) return band;
    return concat<Tensor2D>([band, zeros([unused, columns * maps])], 0);
  });
}

/** The reverse, for gradients: sums each filter weight over its places in the band matrix. */
export function filtersOfBand(tiling: Tiling, places: Tensor2D, band: Tensor2D): Tensor4D {
  const { channels, tileWidth, tileColumns, filterHeight, filterWidth, maps } = tiling;
  const [inRow, across, columns] = [tileWidth * channels, filterWidth * channels, tileColumns];
  return tidy(() => {
    const used = unusedRows(tiling) === 0 ? band : slice(band, [0, 0], [filterHeight * inRow, -1]);
    const byRow = reshape<Rank.R4>(used, [filterHeight, inRow, columns, maps]);
    const placed = reshape<Rank.R2>(transpose(byRow, [1, 2, 0, 3]), [
      inRow * columns,
      filterHeight * maps,
    ]);
    const acrossFirst = matMul(places, placed, true, false);
    const rows = transpose(reshape<Rank.R3>(acrossFirst, [across, filterHeight, maps]), [1, 0, 2]);
    return reshape(rows, [filterHeight, filterWidth, channels, maps]);
  });
}

/** The number of rows in a strip below the filter's last row. */
function unusedRows({ filterHeight, stripGroups, stride }: Tiling): number {
  return stripGroups * stride - filterHeight;
}
