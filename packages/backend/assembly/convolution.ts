// Filters that slide over pictures, without copying what they see. Channels and maps run fastest;
// pictures already have their padding: `channelRow` floats per row.
import { addTileOfSteps, tileOfNeighbors } from './convolution-tiles';

/** Rows of a tile: places of a feature map, or weights of a filter. */
const TILE: i32 = 6;
/** Columns of a tile. */
const PANEL: i32 = 8;
const PANEL_BYTES: usize = 32;

/**
 * Packs a matrix [depth, columns] into panels of 8 columns, each [depth][8], padded with zeros. The
 * strides count floats.
 */
export function packPanels(
  packed: usize,
  matrix: usize,
  depth: i32,
  columns: i32,
  rowStride: i32,
  columnStride: i32,
): void {
  const across = <usize>columnStride << 2;
  const down = <usize>rowStride << 2;
  let out = packed;
  for (let column = 0; column < columns; column += PANEL) {
    const valid = min(PANEL, columns - column);
    let line = matrix + <usize>column * across;
    for (let row = 0; row < depth; row++, line += down) {
      for (let j = 0; j < PANEL; j++, out += 4) {
        store<f32>(out, j < valid ? load<f32>(line + <usize>j * across) : 0);
      }
    }
  }
}

/** The inverse of `packPanels` for a matrix [depth, columns] without gaps. */
export function unpackPanels(matrix: usize, packed: usize, depth: i32, columns: i32): void {
  let from = packed;
  for (let column = 0; column < columns; column += PANEL) {
    const bytes = <usize>min(PANEL, columns - column) << 2;
    for (let row = 0; row < depth; row++, from += PANEL_BYTES) {
      memory.copy(matrix + ((<usize>row * <usize>columns + <usize>column) << 2), from, bytes);
    }
  }
}

/**
 * Computes the feature maps of one picture: maps[y][x][k] = Σ picture[stride · y + i][stride · x +
 * j][c] · filters[i][j][c][k].
 *
 * @param packed the filters as packed by `packPanels`, [filterRows · across][maps]
 * @param across floats per row of a filter, width · channels
 * @param step floats from a unit's patch to its right neighbor's, stride · channels
 * @param tile scratch of 48 floats
 */
export function correlate(
  out: usize,
  picture: usize,
  packed: usize,
  rows: i32,
  columns: i32,
  maps: i32,
  filterRows: i32,
  across: i32,
  step: i32,
  stride: i32,
  channelRow: i32,
  tile: usize,
): void {
  const lineBytes = <usize>channelRow << 2;
  const stepBytes = <usize>step << 2;
  const panelBytes = <usize>filterRows * <usize>across * PANEL_BYTES;
  const mapBytes = <usize>maps << 2;
  const last = columns - 1;
  for (let y = 0; y < rows; y++) {
    const seen = picture + <usize>y * <usize>stride * lineBytes;
    const row = out + <usize>y * <usize>columns * mapBytes;
    let panel = packed;
    for (let map = 0; map < maps; map += PANEL, panel += panelBytes) {
      const bytes = <usize>min(PANEL, maps - map) << 2;
      for (let x = 0; x < columns; x += TILE) {
        // Places beyond the last one repeat it.
        const a0 = seen + <usize>x * stepBytes;
        tileOfNeighbors(
          tile,
          PANEL_BYTES,
          a0,
          seen + <usize>min(x + 1, last) * stepBytes,
          seen + <usize>min(x + 2, last) * stepBytes,
          seen + <usize>min(x + 3, last) * stepBytes,
          seen + <usize>min(x + 4, last) * stepBytes,
          seen + <usize>min(x + 5, last) * stepBytes,
          lineBytes,
          panel,
          filterRows,
          across,
        );
        const valid = min(TILE, columns - x);
        let to = row + <usize>x * mapBytes + (<usize>map << 2);
        let from = tile;
        for (let k = 0; k < valid; k++, to += mapBytes, from += PANEL_BYTES) {
          copyUpToEight(to, from, bytes);
        }
      }
    }
  }
}

/**
 * The transpose: adds to a picture Σ maps[y][x][k] · filters[i][j][c][k] at [stride · y + i][stride
 * · x + j][c].
 *
 * @param packed the transposed filters as packed by `packPanels`, [maps][filterRows · across]
 * @param tile scratch of 6 rows with one float per column of the packed filters
 */
export function spread(
  picture: usize,
  states: usize,
  packed: usize,
  rows: i32,
  columns: i32,
  maps: i32,
  filterRows: i32,
  across: i32,
  step: i32,
  stride: i32,
  channelRow: i32,
  tile: usize,
): void {
  const lineBytes = <usize>channelRow << 2;
  const stepBytes = <usize>step << 2;
  const mapBytes = <usize>maps << 2;
  const weights = filterRows * across;
  const rowBytes = <usize>((weights + PANEL - 1) / PANEL) * PANEL_BYTES;
  const panelBytes = <usize>maps * PANEL_BYTES;
  const last = columns - 1;
  for (let y = 0; y < rows; y++) {
    const seen = picture + <usize>y * <usize>stride * lineBytes;
    const row = states + <usize>y * <usize>columns * mapBytes;
    for (let x = 0; x < columns; x += TILE) {
      const a0 = row + <usize>x * mapBytes;
      const a1 = row + <usize>min(x + 1, last) * mapBytes;
      const a2 = row + <usize>min(x + 2, last) * mapBytes;
      const a3 = row + <usize>min(x + 3, last) * mapBytes;
      const a4 = row + <usize>min(x + 4, last) * mapBytes;
      const a5 = row + <usize>min(x + 5, last) * mapBytes;
      let panel = packed;
      for (let at: usize = 0; at < rowBytes; at += PANEL_BYTES, panel += panelBytes) {
        tileOfNeighbors(tile + at, rowBytes, a0, a1, a2, a3, a4, a5, 0, panel, 1, maps);
      }
      const valid = min(TILE, columns - x);
      for (let k = 0; k < valid; k++) {
        let to = seen + <usize>(x + k) * stepBytes;
        let from = tile + <usize>k * rowBytes;
        for (let i = 0; i < filterRows; i++, to += lineBytes, from += <usize>across << 2) {
          addRun(to, from, across);
        }
      }
    }
  }
}

/**
 * Adds to the filters' gradient, packed as by `packPanels` [filterRows · across][maps], the sum of
 * picture · states over all places.
 *
 * @param offsets scratch of one i32 per weight of a filter
 * @param tile scratch of 48 floats
 * @param line scratch of a row of the feature maps, whose units have a multiple of 8 maps
 */
export function correlateStates(
  packed: usize,
  picture: usize,
  states: usize,
  rows: i32,
  columns: i32,
  maps: i32,
  filterRows: i32,
  across: i32,
  step: i32,
  stride: i32,
  channelRow: i32,
  offsets: usize,
  tile: usize,
  line: usize,
): void {
  const weights = filterRows * across;
  for (let weight = 0; weight < weights; weight++) {
    const place = (weight / across) * channelRow + (weight % across);
    store<i32>(offsets + (<usize>weight << 2), place << 2);
  }
  const lineBytes = <usize>channelRow << 2;
  const stepBytes = <usize>step << 2;
  const isWhole = maps % PANEL == 0;
  const unitBytes = <usize>((maps + PANEL - 1) / PANEL) * PANEL_BYTES;
  const last = weights - 1;
  for (let y = 0; y < rows; y++) {
    const seen = picture + <usize>y * <usize>stride * lineBytes;
    const row = states + ((<usize>y * <usize>columns * <usize>maps) << 2);
    if (!isWhole) widen(line, unitBytes, row, <usize>maps << 2, columns);
    const units = isWhole ? row : line;
    let out = packed;
    for (let map: usize = 0; map < unitBytes; map += PANEL_BYTES) {
      for (let weight = 0; weight < weights; weight += TILE) {
        const valid = min(TILE, weights - weight);
        const sums = valid == TILE ? out : tile;
        if (valid < TILE) memory.fill(tile, 0, 6 * PANEL_BYTES);
        addTileOfSteps(
          sums,
          seen + placeOf(offsets, weight),
          seen + placeOf(offsets, min(weight + 1, last)),
          seen + placeOf(offsets, min(weight + 2, last)),
          seen + placeOf(offsets, min(weight + 3, last)),
          seen + placeOf(offsets, min(weight + 4, last)),
          seen + placeOf(offsets, min(weight + 5, last)),
          stepBytes,
          units + map,
          unitBytes,
          columns,
        );
        if (valid < TILE) addRun(out, tile, valid * PANEL);
        out += <usize>valid * PANEL_BYTES;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function placeOf(offsets: usize, weight: i32): usize {
  return load<i32>(offsets + (<usize>weight << 2));
}

/** Copies rows of `from` bytes to rows of `to` bytes, filled up with zeros. */
function widen(out: usize, to: usize, matrix: usize, from: usize, rows: i32): void {
  for (let row = 0; row < rows; row++, out += to, matrix += from) {
    memory.copy(out, matrix, from);
    memory.fill(out + from, 0, to - from);
  }
}

/** Adds `count` floats to other floats. */
// @ts-ignore: decorator
@inline
function addRun(to: usize, from: usize, count: i32): void {
  const vectors = <usize>(count & ~3) << 2;
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at < vectors; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

// @ts-ignore: decorator
@inline
function copyUpToEight(to: usize, from: usize, bytes: usize): void {
  if (bytes == PANEL_BYTES) {
    v128.store(to, v128.load(from, 0), 0);
    v128.store(to, v128.load(from, 16), 16);
    return;
  }
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/**
 * Copies rows of `bytes` between a picture and its place inside padding: `toBytes` and `fromBytes`
 * apart.
 */
export function copyRows(
  to: usize,
  toBytes: usize,
  from: usize,
  fromBytes: usize,
  bytes: usize,
  rows: i32,
): void {
  for (let row = 0; row < rows; row++, to += toBytes, from += fromBytes) memory.copy(to, from, bytes);
}
