import type { Palette } from './palette.ts';

/** Pictures of one size under and beside each other. */
export interface TileLayout {
  /** Pictures in all. */
  readonly count: number;
  /** Pixels of one picture. */
  readonly width: number;
  readonly height: number;
  /** Pictures a row. */
  readonly columns: number;
  /** Transparent pixels between pictures. */
  readonly gap: number;
}

/** How values become colors. */
export type Shade =
  /** From `low`, the palette's first color, to `high`, its last; what lies beyond is clipped. */
  | { readonly palette: Palette; readonly low: number; readonly high: number }
  /** Zero in the palette's middle; each picture, or all together, reach its ends. */
  | { readonly palette: Palette; readonly symmetric: 'each' | 'all' };

/** Pixels of a whole sheet. */
export function sheetSize({ count, width, height, columns, gap }: TileLayout): {
  width: number;
  height: number;
} {
  const across = Math.max(1, Math.min(columns, count));
  const down = Math.max(1, Math.ceil(count / across));
  return { width: across * (width + gap) - gap, height: down * (height + gap) - gap };
}

/**
 * Paints pictures into a sheet, picture after picture from the top left.
 *
 * @param target pixels of the sheet, row after row
 * @param values picture after picture, [count · height · width]; values that are not numbers count
 *   as 0
 */
export function paintTiles(
  target: Uint32Array,
  layout: TileLayout,
  values: ArrayLike<number>,
  shade: Shade,
): void {
  const { count, width, height } = layout;
  const size = width * height;
  const stride = sheetSize(layout).width;
  const { palette } = shade;
  const shared =
    'symmetric' in shade && shade.symmetric === 'all' ? largest(values, 0, count * size) : 0;
  for (let tile = 0; tile < count; tile++) {
    const start = tile * size;
    let [low, high] = [0, 0];
    if ('symmetric' in shade) {
      high = shade.symmetric === 'all' ? shared : largest(values, start, start + size);
      low = -high;
    } else ({ low, high } = shade);
    const scale = high > low ? 255 / (high - low) : 0;
    const offset = high > low ? 0.5 - low * scale : 128;
    let at = start;
    let out = tileStart(layout, tile);
    for (let y = 0; y < height; y++, out += stride - width) {
      for (let x = 0; x < width; x++) {
        const place = values[at++]! * scale + offset;
        // A comparison with NaN is false, which leaves it at the lowest color.
        target[out++] = palette[place >= 255 ? 255 : place > 0 ? place | 0 : 0]!;
      }
    }
  }
}

/** Draws a cross over a picture. */
export function crossTile(
  target: Uint32Array,
  layout: TileLayout,
  tile: number,
  color: number,
): void {
  const { width, height } = layout;
  const stride = sheetSize(layout).width;
  const start = tileStart(layout, tile);
  for (let y = 0; y < height; y++) {
    const x = Math.min(width - 1, Math.floor((y * width) / height));
    target[start + y * stride + x] = color;
    target[start + y * stride + width - 1 - x] = color;
  }
}

/** Where a picture's first pixel is. */
function tileStart(layout: TileLayout, tile: number): number {
  const { width, height, columns, count, gap } = layout;
  const across = Math.max(1, Math.min(columns, count));
  const row = Math.floor(tile / across);
  return row * (height + gap) * sheetSize(layout).width + (tile % across) * (width + gap);
}

function largest(values: ArrayLike<number>, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const magnitude = Math.abs(values[i]!);
    if (magnitude > most) most = magnitude;
  }
  return most;
}
