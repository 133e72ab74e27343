// Single-precision matrix product on 128-bit vectors: C = alpha * A B + beta * C.
//
// A and B have any layout (two strides each), C is row-major, so no layout is slow and nothing is
// transposed first. The scheme is GotoBLAS's: blocks of A and B are packed into panels that stay in
// cache, and a kernel keeps a tile of 6 x 8 sums in twelve of the sixteen vector registers. Source:
// K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34
// (2008).

import { multiplyAdd } from './vector-math';

const TILE_ROWS: i32 = 6;
const TILE_COLUMNS: i32 = 8;
/**
 * Depth of a packed block: a panel of B, 256 x 8 floats, fills a quarter of a 32 KiB first-level
 * cache.
 */
const BLOCK_DEPTH: i32 = 256;
/** Rows of a packed block of A, a multiple of TILE_ROWS: 96 x 256 floats, 96 KiB. */
const BLOCK_ROWS: i32 = 96;
/** Columns of a packed block of B, a multiple of TILE_COLUMNS: 256 x 512 floats, 512 KiB. */
const BLOCK_COLUMNS: i32 = 512;
const FLOAT: usize = 4;

/** Bytes of scratch memory that `sgemm` needs, 16-byte aligned. */
export function sgemmScratchBytes(): usize {
  return <usize>(BLOCK_ROWS * BLOCK_DEPTH + BLOCK_COLUMNS * BLOCK_DEPTH + TILE_ROWS * TILE_COLUMNS) * FLOAT;
}

/**
 * C[rows, columns] = alpha * A[rows, depth] B[depth, columns] + beta * C; if beta is 0, C is not
 * read. Strides count floats: element (i, j) of A is at a + (i * aRow + j * aColumn) * 4. C's rows
 * are `cRow` floats apart.
 */
export function sgemm(
  rows: i32,
  columns: i32,
  depth: i32,
  alpha: f32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  beta: f32,
  c: usize,
  cRow: i32,
  scratch: usize,
): void {
  const packedA = scratch;
  const packedB = packedA + <usize>(BLOCK_ROWS * BLOCK_DEPTH) * FLOAT;
  const edgeTile = packedB + <usize>(BLOCK_COLUMNS * BLOCK_DEPTH) * FLOAT;
  for (let column = 0; column < columns; column += BLOCK_COLUMNS) {
    const blockColumns = min(BLOCK_COLUMNS, columns - column);
    for (let k = 0; k < depth; k += BLOCK_DEPTH) {
      const blockDepth = min(BLOCK_DEPTH, depth - k);
      const blockBeta: f32 = k == 0 ? beta : 1;
      packColumns(packedB, b + at(k, bRow, column, bColumn), bRow, bColumn, blockDepth, blockColumns);
      for (let row = 0; row < rows; row += BLOCK_ROWS) {
        const blockRows = min(BLOCK_ROWS, rows - row);
        packRows(packedA, a + at(row, aRow, k, aColumn), aRow, aColumn, blockRows, blockDepth);
        for (let j = 0; j < blockColumns; j += TILE_COLUMNS) {
          for (let i = 0; i < blockRows; i += TILE_ROWS) {
            tile(
              blockDepth,
              packedA + <usize>(i * blockDepth) * FLOAT,
              packedB + <usize>(j * blockDepth) * FLOAT,
              alpha,
              blockBeta,
              c + at(row + i, cRow, column + j, 1),
              cRow,
              min(TILE_ROWS, blockRows - i),
              min(TILE_COLUMNS, blockColumns - j),
              edgeTile,
            );
          }
        }
      }
    }
  }
}

/**
 * Byte offset of an element, computed in 64 bits, because 2^31 floats would overflow i32 products.
 */
// @ts-ignore: decorator
@inline
function at(i: i32, iStride: i32, j: i32, jStride: i32): usize {
  return (<usize>i * <usize>iStride + <usize>j * <usize>jStride) * FLOAT;
}

/** Packs A[rows, depth] into panels of 6 rows, each [depth][6], padded with zeros. */
function packRows(packed: usize, a: usize, rowStride: i32, depthStride: i32, rows: i32, depth: i32): void {
  let out = packed;
  const rowBytes = <usize>rowStride * FLOAT;
  const stepBytes = <usize>depthStride * FLOAT;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    const panel = a + <usize>i * rowBytes;
    if (rows - i >= TILE_ROWS) {
      let p0 = panel;
      let p1 = p0 + rowBytes;
      let p2 = p1 + rowBytes;
      let p3 = p2 + rowBytes;
      let p4 = p3 + rowBytes;
      let p5 = p4 + rowBytes;
      for (let k = 0; k < depth; k++) {
        store<f32>(out, load<f32>(p0), 0);
        store<f32>(out, load<f32>(p1), 4);
        store<f32>(out, load<f32>(p2), 8);
        store<f32>(out, load<f32>(p3), 12);
        store<f32>(out, load<f32>(p4), 16);
        store<f32>(out, load<f32>(p5), 20);
        p0 += stepBytes;
        p1 += stepBytes;
        p2 += stepBytes;
        p3 += stepBytes;
        p4 += stepBytes;
        p5 += stepBytes;
        out += 24;
      }
    } else {
      const valid = rows - i;
      for (let k = 0; k < depth; k++) {
        for (let r = 0; r < TILE_ROWS; r++) {
          const value: f32 = r < valid ? load<f32>(panel + <usize>r * rowBytes + <usize>k * stepBytes) : 0;
          store<f32>(out, value);
          out += FLOAT;
        }
      }
    }
  }
}

/** Packs B[depth, columns] into panels of 8 columns, each [depth][8], padded with zeros. */
function packColumns(packed: usize, b: usize, depthStride: i32, columnStride: i32, depth: i32, columns: i32): void {
  let out = packed;
  const stepBytes = <usize>depthStride * FLOAT;
  const columnBytes = <usize>columnStride * FLOAT;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const panel = b + <usize>j * columnBytes;
    const whole = columns - j >= TILE_COLUMNS;
    if (whole && columnStride == 1) {
      let source = panel;
      for (let k = 0; k < depth; k++) {
        v128.store(out, v128.load(source, 0), 0);
        v128.store(out, v128.load(source, 16), 16);
        source += stepBytes;
        out += 32;
      }
    } else if (whole && depthStride == 1) {
      out = packTransposed(out, panel, columnBytes, depth);
    } else {
      const valid = min(TILE_COLUMNS, columns - j);
      for (let k = 0; k < depth; k++) {
        for (let q = 0; q < TILE_COLUMNS; q++) {
          const value: f32 = q < valid ? load<f32>(panel + <usize>k * stepBytes + <usize>q * columnBytes) : 0;
          store<f32>(out, value);
          out += FLOAT;
        }
      }
    }
  }
}

/**
 * Packs a panel of 8 columns that are contiguous in memory, transposing four by four in registers.
 */
function packTransposed(packed: usize, columns: usize, columnBytes: usize, depth: i32): usize {
  let out = packed;
  let source = columns;
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    transpose4(out, source, columnBytes);
    transpose4(out + 16, source + 4 * columnBytes, columnBytes);
    source += 16;
    out += 128;
  }
  for (; k < depth; k++) {
    for (let q: usize = 0; q < 8; q++) store<f32>(out + q * FLOAT, load<f32>(source + q * columnBytes));
    source += FLOAT;
    out += 32;
  }
  return out;
}

/** Writes four columns' next four values as four rows, 32 bytes apart. */
// @ts-ignore: decorator
@inline
function transpose4(out: usize, source: usize, columnBytes: usize): void {
  const c0 = v128.load(source);
  const c1 = v128.load(source + columnBytes);
  const c2 = v128.load(source + 2 * columnBytes);
  const c3 = v128.load(source + 3 * columnBytes);
  const low01 = v128.shuffle<f32>(c0, c1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(c2, c3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(c0, c1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(c2, c3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5), 0);
  v128.store(out, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(out, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(out, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}

/** One tile of C: 6 x 8 sums over a panel of A and a panel of B. */
function tile(
  depth: i32,
  a: usize,
  b: usize,
  alpha: f32,
  beta: f32,
  c: usize,
  cRow: i32,
  rows: i32,
  columns: i32,
  edgeTile: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  let s40 = f32x4.splat(0);
  let s41 = f32x4.splat(0);
  let s50 = f32x4.splat(0);
  let s51 = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    const left = v128.load(b, 0);
    const right = v128.load(b, 16);
    let x = v128.load_splat<f32>(a, 0);
    s00 = multiplyAdd(x, left, s00);
    s01 = multiplyAdd(x, right, s01);
    x = v128.load_splat<f32>(a, 4);
    s10 = multiplyAdd(x, left, s10);
    s11 = multiplyAdd(x, right, s11);
    x = v128.load_splat<f32>(a, 8);
    s20 = multiplyAdd(x, left, s20);
    s21 = multiplyAdd(x, right, s21);
    x = v128.load_splat<f32>(a, 12);
    s30 = multiplyAdd(x, left, s30);
    s31 = multiplyAdd(x, right, s31);
    x = v128.load_splat<f32>(a, 16);
    s40 = multiplyAdd(x, left, s40);
    s41 = multiplyAdd(x, right, s41);
    x = v128.load_splat<f32>(a, 20);
    s50 = multiplyAdd(x, left, s50);
    s51 = multiplyAdd(x, right, s51);
    a += 24;
    b += 32;
  }
  const scale = f32x4.splat(alpha);
  const stride = <usize>cRow * FLOAT;
  if (rows == TILE_ROWS && columns == TILE_COLUMNS) {
    writeRow(c, scale, beta, s00, s01);
    writeRow(c + stride, scale, beta, s10, s11);
    writeRow(c + 2 * stride, scale, beta, s20, s21);
    writeRow(c + 3 * stride, scale, beta, s30, s31);
    writeRow(c + 4 * stride, scale, beta, s40, s41);
    writeRow(c + 5 * stride, scale, beta, s50, s51);
    return;
  }
  writeRow(edgeTile, scale, 0, s00, s01);
  writeRow(edgeTile + 32, scale, 0, s10, s11);
  writeRow(edgeTile + 64, scale, 0, s20, s21);
  writeRow(edgeTile + 96, scale, 0, s30, s31);
  writeRow(edgeTile + 128, scale, 0, s40, s41);
  writeRow(edgeTile + 160, scale, 0, s50, s51);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const target = c + <usize>i * stride + <usize>j * FLOAT;
      const sum = load<f32>(edgeTile + <usize>(i * TILE_COLUMNS + j) * FLOAT);
      store<f32>(target, beta == 0 ? sum : sum + beta * load<f32>(target));
    }
  }
}

/** Eight values of a row of C: beta * C + alpha * sums. */
// @ts-ignore: decorator
@inline
function writeRow(c: usize, alpha: v128, beta: f32, left: v128, right: v128): void {
  let first = f32x4.mul(left, alpha);
  let second = f32x4.mul(right, alpha);
  if (beta != 0) {
    const keep = f32x4.splat(beta);
    first = multiplyAdd(keep, v128.load(c, 0), first);
    second = multiplyAdd(keep, v128.load(c, 16), second);
  }
  v128.store(c, first, 0);
  v128.store(c, second, 16);
}
