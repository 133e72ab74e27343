import {
  add,
  concat,
  keep,
  matMul,
  reshape,
  slice,
  tensor2d,
  tidy,
  transpose,
  zeros,
  type Rank,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ConvolutionShape } from './convolution-shape.ts';

/*
 * A convolution as matrix products that are large enough to be fast, and little else.
 *
 * Along x, a filter's row becomes a band matrix from all of a picture's row to all of a feature
 * map's row. This multiplies width / filterWidth times more numbers than it must, and yet is ten
 * times faster than tfjs's own convolutions and their transposes on the wasm backend, or than
 * products that have every patch copied out first: copying costs more than multiplying. Along y,
 * the picture's rows are in groups of `stride` rows; a strip holds the groups that a row of the
 * feature map sees.
 */

/** Groups of `stride` rows in a strip: as many as hold a filter's rows. */
function groupsInStrip({ filterHeight, stride }: ConvolutionShape): number {
  return Math.ceil(filterHeight / stride);
}

/**
 * The matrix of zeros and ones that places filter columns in a row: [width · channels · columns,
 * filterWidth · channels]. It selects the same weights for all of a map's columns.
 */
export function placements(shape: ConvolutionShape): Tensor2D {
  const { width, channels, columns, filterWidth, stride, padding } = shape;
  const places = new Float32Array(width * channels * columns * filterWidth * channels);
  for (let x = 0; x < width; x++) {
    for (let column = 0; column < columns; column++) {
      const offset = x - column * stride + padding;
      if (offset < 0 || offset >= filterWidth) continue;
      for (let channel = 0; channel < channels; channel++) {
        const row = (x * channels + channel) * columns + column;
        places[row * filterWidth * channels + offset * channels + channel] = 1;
      }
    }
  }
  return keep(tensor2d(places, [width * channels * columns, filterWidth * channels]));
}

/**
 * Filters [filterHeight, filterWidth, channels, maps] as a band matrix from strips to rows of the
 * feature maps, [strip, columns · maps].
 */
export function bandMatrix(shape: ConvolutionShape, places: Tensor2D, filters: Tensor4D): Tensor2D {
  const { width, channels, columns, filterHeight, filterWidth, maps, stride } = shape;
  return tidy(() => {
    const rows = reshape<Rank.R3>(filters, [filterHeight, filterWidth * channels, maps]);
    const acrossFirst = reshape<Rank.R2>(transpose(rows, [1, 0, 2]), [
      filterWidth * channels,
      filterHeight * maps,
    ]);
    const placed = reshape<Rank.R4>(matMul(places, acrossFirst), [
      width * channels,
      columns,
      filterHeight,
      maps,
    ]);
    const band = reshape<Rank.R2>(transpose(placed, [2, 0, 1, 3]), [
      filterHeight * width * channels,
      columns * maps,
    ]);
    const unused = (groupsInStrip(shape) * stride - filterHeight) * width * channels;
    return unused === 0 ? band : concat<Tensor2D>([band, zeros([unused, columns * maps])], 0);
  });
}

/** The way back, for gradients: each filter weight's sum over its places in the band matrix. */
export function filtersOfBand(shape: ConvolutionShape, places: Tensor2D, band: Tensor2D): Tensor4D {
  const { width, channels, columns, filterHeight, filterWidth, maps } = shape;
  return tidy(() => {
    const used = reshape<Rank.R4>(slice(band, [0, 0], [filterHeight * width * channels, -1]), [
      filterHeight,
      width * channels,
      columns,
      maps,
    ]);
    const placed = reshape<Rank.R2>(transpose(used, [1, 2, 0, 3]), [
      width * channels * columns,
      filterHeight * maps,
    ]);
    const acrossFirst = reshape<Rank.R3>(matMul(places, placed, true, false), [
      filterWidth * channels,
      filterHeight,
      maps,
    ]);
    return reshape(transpose(acrossFirst, [1, 0, 2]), [filterHeight, filterWidth, channels, maps]);
  });
}

/** What each row of the feature maps sees of pictures [n, visible]: [n · rows, strip]. */
export function strips(shape: ConvolutionShape, pictures: Tensor2D): Tensor2D {
  const { height, width, channels, rows, stride, padding } = shape;
  const [count, row, inStrip] = [pictures.shape[0], width * channels, groupsInStrip(shape)];
  const groups = rows + inStrip - 1;
  return tidy(() => {
    const below = groups * stride - padding - height;
    const padded = withZeros(reshape<Rank.R3>(pictures, [count, height, row]), padding, below);
    const grouped = reshape<Rank.R3>(padded, [count, groups, stride * row]);
    const seen = Array.from({ length: inStrip }, (_, group) =>
      slice(grouped, [0, group, 0], [-1, rows, -1]),
    );
    return reshape(seen.length === 1 ? seen[0]! : concat(seen, 2), [
      count * rows,
      inStrip * stride * row,
    ]);
  });
}

/** The transpose of `strips`: pixels [n, visible] with the sum over the strips that hold them. */
export function addStrips(shape: ConvolutionShape, strip: Tensor2D): Tensor2D {
  const { height, width, channels, rows, stride, padding } = shape;
  const [count, row, inStrip] = [strip.shape[0] / rows, width * channels, groupsInStrip(shape)];
  const groups = rows + inStrip - 1;
  return tidy(() => {
    const parts = reshape<Rank.R3>(strip, [count, rows, inStrip * stride * row]);
    let total: Tensor3D | undefined;
    for (let group = 0; group < inStrip; group++) {
      const part = slice(parts, [0, 0, group * stride * row], [-1, -1, stride * row]);
      const placed = withZeros(part, group, groups - rows - group);
      total = total === undefined ? placed : add(total, placed);
    }
    const padded = reshape<Rank.R3>(total!, [count, groups * stride, row]);
    return reshape(slice(padded, [0, padding, 0], [-1, height, -1]), [count, height * row]);
  });
}

/** Rows of zeros above and below, along the second axis. */
function withZeros(parts: Tensor3D, above: number, below: number): Tensor3D {
  const [count, , width] = parts.shape;
  const blank = (length: number): Tensor[] => (length === 0 ? [] : [zeros([count, length, width])]);
  const all = [...blank(above), parts, ...blank(below)] as Tensor3D[];
  return all.length === 1 ? parts : concat(all, 1);
}
