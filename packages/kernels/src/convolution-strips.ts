import { add, concat, reshape, slice, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Rank, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tiling } from './convolution-tiles.ts';
import { zerosAround } from './convolution-zeros.ts';

/*
 * A strip is the part of a picture that a row of a tile's feature maps sees: `stripGroups` groups
 * of `stride` rows. Here the index of the picture runs fastest, so that each copy moves many
 * numbers at once.
 */

/** Returns the strips of pictures [n, visible]: [strip, tiles · rows · n]. */
export function strips(tiling: Tiling, pictures: Tensor2D): Tensor2D {
  const { channels, rows, tiles, tileWidth, stripGroups, stride } = tiling;
  const [n, inRow, groups] = [pictures.shape[0], tileWidth * channels, rows + stripGroups - 1];
  return tidy(() => {
    const padded = withPadding(tiling, pictures);
    const cut = Array.from({ length: tiles }, (_, tile) =>
      slice(padded, [0, tile * stepOf(tiling), 0], [-1, inRow, -1]),
    );
    const byGroup = reshape<Rank.R4>(concat(cut, 0), [tiles, groups, stride * inRow, n]);
    const inside: Tensor4D = transpose(byGroup, [2, 0, 1, 3]);
    const seen = Array.from({ length: stripGroups }, (_, group) =>
      slice(inside, [0, 0, group, 0], [-1, -1, rows, -1]),
    );
    return reshape(concat(seen, 0), [stripGroups * stride * inRow, tiles * rows * n]);
  });
}

/**
 * The transpose of `strips`: returns pixels [n, visible], each the sum over the strips that contain
 * it.
 */
export function addStrips(tiling: Tiling, strip: Tensor2D): Tensor2D {
  const { channels, rows, tiles, tileWidth, stripGroups, stride } = tiling;
  const [inRow, groups] = [tileWidth * channels, rows + stripGroups - 1];
  const n = strip.shape[1] / (tiles * rows);
  return tidy(() => {
    const parts = reshape<Rank.R4>(strip, [stripGroups, stride * inRow * tiles, rows, n]);
    const inside = sumOf(stripGroups, (group) => {
      const part = slice(parts, [group, 0, 0, 0], [1, -1, -1, -1]);
      const flat = reshape<Rank.R3>(part, [stride * inRow * tiles, rows, n]);
      return zerosAround(flat, 1, group, stripGroups - 1 - group);
    });
    const byGroup = reshape<Rank.R4>(inside, [stride * inRow, tiles, groups, n]);
    const byTile = reshape<Rank.R4>(transpose(byGroup, [1, 2, 0, 3]), [
      tiles,
      groups * stride,
      inRow,
      n,
    ]);
    const padded = sumOf(tiles, (tile) => {
      const one = slice(byTile, [tile, 0, 0, 0], [1, -1, -1, -1]);
      const flat = reshape<Rank.R3>(one, [groups * stride, inRow, n]);
      return zerosAround(flat, 1, tile * stepOf(tiling), (tiles - 1 - tile) * stepOf(tiling));
    });
    return withoutPadding(tiling, padded);
  });
}

/** Returns pictures as [padded rows, padded width · channels, n]. */
function withPadding(tiling: Tiling, pictures: Tensor2D): Tensor3D {
  const { height, width, channels, padding, rows, stripGroups, stride } = tiling;
  const { tiles, tileWidth } = tiling;
  const inside = reshape<Rank.R3>(transpose(pictures), [height, width * channels, -1]);
  const below = (rows + stripGroups - 1) * stride - padding - height;
  const right = (tiles - 1) * stepOf(tiling) + (tileWidth - padding - width) * channels;
  return zerosAround(zerosAround(inside, 0, padding, below), 1, padding * channels, right);
}

function withoutPadding(tiling: Tiling, padded: Tensor3D): Tensor2D {
  const { height, width, channels, padding } = tiling;
  const inside = slice(padded, [padding, padding * channels, 0], [height, width * channels, -1]);
  return transpose(reshape<Rank.R2>(inside, [height * width * channels, -1]));
}

/** Returns the distance from one tile to the next, in values of a picture's row. */
function stepOf({ tileColumns, stride, channels }: Tiling): number {
  return tileColumns * stride * channels;
}

function sumOf(count: number, part: (index: number) => Tensor3D): Tensor3D {
  let total = part(0);
  for (let index = 1; index < count; index++) total = add(total, part(index));
  return total;
}
