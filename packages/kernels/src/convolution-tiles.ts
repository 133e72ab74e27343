import { reshape, slice, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Rank, Tensor2D } from '@tensorflow/tfjs-core';
import { zerosAround } from './convolution-zeros.ts';
import { mapExtents, type ConvolutionGeometry } from './convolution-geometry.ts';

/**
 * A convolution cut into tiles: a few columns of the feature maps and the part of the picture that
 * they see. A band matrix for a whole wide picture would be nearly empty.
 */
export interface Tiling extends ConvolutionGeometry {
  /** Rows in a feature map. */
  readonly rows: number;
  /** Columns in a feature map. */
  readonly columns: number;
  /** Tiles in a picture. */
  readonly tiles: number;
  /** Columns of the feature maps in a tile. */
  readonly tileColumns: number;
  /** Columns of the picture in a tile: neighbors overlap. */
  readonly tileWidth: number;
  /** Groups of `stride` rows in a strip: enough to hold a filter's rows. */
  readonly stripGroups: number;
}

/** Returns tiles about two filters wide, whose bands are half full. */
export function tiling(geometry: ConvolutionGeometry): Tiling {
  const { filterHeight, filterWidth, stride } = geometry;
  const [rows, columns] = mapExtents(geometry);
  const wanted = Math.max(1, Math.round((stride * columns) / filterWidth));
  const tileColumns = Math.ceil(columns / wanted);
  return {
    ...geometry,
    rows,
    columns,
    tiles: Math.ceil(columns / tileColumns),
    tileColumns,
    tileWidth: stride * (tileColumns - 1) + filterWidth,
    stripGroups: Math.ceil(filterHeight / stride),
  };
}

/** Rearranges feature maps [n, hidden] by tiles, [tiles · rows · n, tileColumns · maps]. */
export function mapsToTiles(shape: Tiling, states: Tensor2D): Tensor2D {
  const { rows, columns, maps, tiles, tileColumns } = shape;
  return tidy(() => {
    const lines = reshape<Rank.R3>(states, [-1, rows, columns * maps]);
    const whole = zerosAround(lines, 2, 0, (tiles * tileColumns - columns) * maps);
    const cut = reshape<Rank.R4>(whole, [-1, rows, tiles, tileColumns * maps]);
    return reshape(transpose(cut, [2, 1, 0, 3]), [-1, tileColumns * maps]);
  });
}

/** The inverse of `mapsToTiles`. */
export function mapsFromTiles(shape: Tiling, cut: Tensor2D): Tensor2D {
  const { rows, columns, maps, tiles, tileColumns } = shape;
  return tidy(() => {
    const byTile = reshape<Rank.R4>(cut, [tiles, rows, -1, tileColumns * maps]);
    const whole = reshape<Rank.R3>(transpose(byTile, [2, 1, 0, 3]), [
      -1,
      rows,
      tiles * tileColumns * maps,
    ]);
    const isFull = tiles * tileColumns === columns;
    const lines = isFull ? whole : slice(whole, [0, 0, 0], [-1, -1, columns * maps]);
    return reshape(lines, [-1, rows * columns * maps]);
  });
}
