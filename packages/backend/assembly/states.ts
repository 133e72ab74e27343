// Mean and sample of a layer of units in one pass over their total inputs.
import { sixteenUniforms } from './philox';
import {
  noisyRectified,
  rectifiedMean,
  softplus,
  steppedMeanExcess,
  steppedSample,
  truncatedMean,
  truncatedSample,
} from './rectified';
import { choose, exp, keepNaN, lower, multiplyAdd, normalQuantile, rectify, sigmoid, splat } from './vector-math';

// Unit types; src/wasm-states.ts has the same numbers.
const BINARY: i32 = 0;
const GAUSSIAN: i32 = 1;
const NRELU: i32 = 2;
const RELU: i32 = 3;
const STEPPED: i32 = 4;
const STEPPED_COPIES: i32 = 5;
const BINOMIAL: i32 = 6;
const SPIN: i32 = 7;

// Parts of the scratch memory, in bytes: 16 numbers each, then 12 vectors, then the table of
// coefficients.
const INPUT_TAIL: usize = 64;
const MEAN_TAIL: usize = 128;
const SAMPLE_TAIL: usize = 192;
const COUNTS: usize = 256;
const SUMS: usize = 320;
const TABLE: usize = 512;

/**
 * Bytes of scratch memory that `states` needs, 16-byte aligned; the table of coefficients is at
 * 512.
 */
export function scratchBytes(): usize {
  return TABLE + 256;
}

/**
 * @param type one of the numbers above
 * @param option nrelu: which mean, 0 rectified Gaussian, 1 max(0, x), 2 softplus; the number of
 *   copies of those with copies
 * @param factor gaussian: variance
 * @param deviation gaussian: its root
 * @param input total inputs, row-major without gaps; may be the memory of mean or sample
 * @param bias added to each row of inputs, or 0; `columns` must then be a multiple of 16
 * @param mean output for expected states, or 0
 * @param sample output for samples, or 0
 */
export function states(
  type: i32,
  option: i32,
  factor: f32,
  deviation: f32,
  input: usize,
  count: i32,
  bias: usize,
  columns: i32,
  mean: usize,
  sample: usize,
  site: u32,
  stepLow: u32,
  stepHigh: u32,
  key0: u32,
  key1: u32,
  scratch: usize,
): void {
  const whole = count & ~15;
  let column = 0;
  for (let i = 0; i < whole; i += 16) {
    const place = <usize>i << 2;
    const meanPlace = mean ? mean + place : 0;
    const samplePlace = sample ? sample + place : 0;
    if (bias) {
      const shift = bias + (<usize>column << 2);
      for (let j: usize = 0; j < 64; j += 16) {
        v128.store(input + place + j, f32x4.add(v128.load(input + place + j), v128.load(shift + j)));
      }
      column += 16;
      if (column == columns) column = 0;
    }
    if (samplePlace) draw(type, option, input + place, <u32>i >> 2, site, stepLow, stepHigh, key0, key1, scratch);
    for (let j: usize = 0; j < 64; j += 16) {
      four(type, option, factor, deviation, input + place, j, meanPlace, samplePlace, scratch);
    }
  }
  if (whole == count) return;
  const place = <usize>whole << 2;
  const bytes = <usize>(count - whole) << 2;
  const tail = scratch + INPUT_TAIL;
  memory.fill(tail, 0, 64);
  memory.copy(tail, input + place, bytes);
  if (sample) draw(type, option, tail, <u32>whole >> 2, site, stepLow, stepHigh, key0, key1, scratch);
  for (let j: usize = 0; j < 64; j += 16) {
    four(type, option, factor, deviation, tail, j, scratch + MEAN_TAIL, sample ? scratch + SAMPLE_TAIL : 0, scratch);
  }
  if (mean) memory.copy(mean + place, scratch + MEAN_TAIL, bytes);
  if (sample) memory.copy(sample + place, scratch + SAMPLE_TAIL, bytes);
}

/** Draws for 16 units: their uniforms, or how many of their copies are on. */
function draw(
  type: i32,
  option: i32,
  input: usize,
  block: u32,
  site: u32,
  stepLow: u32,
  stepHigh: u32,
  key0: u32,
  key1: u32,
  scratch: usize,
): void {
  if (type != STEPPED_COPIES && type != BINOMIAL) {
    return sixteenUniforms(scratch, block, site, stepLow, stepHigh, key0, key1);
  }
  const counts = scratch + COUNTS;
  memory.fill(counts, 0, 64);
  for (let copy = 0; copy < option; copy++) {
    sixteenUniforms(scratch, block, site + (<u32>copy << 16), stepLow, stepHigh, key0, key1);
    const shift = type == BINOMIAL ? splat(0) : splat(<f32>copy + 0.5);
    for (let j: usize = 0; j < 64; j += 16) {
      const p = sigmoid(f32x4.sub(v128.load(input + j), shift));
      const on = v128.and(f32x4.lt(v128.load(scratch + j), p), splat(1));
      v128.store(counts + j, f32x4.add(v128.load(counts + j), on));
    }
  }
}

/** Four units, `j` bytes into the sixteen. */
// @ts-ignore: decorator
@inline
function four(
  type: i32,
  option: i32,
  factor: f32,
  deviation: f32,
  input: usize,
  j: usize,
  mean: usize,
  sample: usize,
  scratch: usize,
): void {
  const x = v128.load(input + j);
  const u = v128.load(scratch + j);
  const table = scratch + TABLE;
  switch (type) {
    case BINARY: {
      const p = sigmoid(x);
      if (mean) v128.store(mean + j, p);
      if (sample) v128.store(sample + j, keepNaN(x, v128.and(f32x4.lt(u, p), splat(1))));
      break;
    }
    case GAUSSIAN: {
      const m = f32x4.mul(x, splat(factor));
      if (mean) v128.store(mean + j, m);
      if (sample) v128.store(sample + j, keepNaN(x, multiplyAdd(normalQuantile(u), splat(deviation), m)));
      break;
    }
    case NRELU: {
      if (mean) {
        v128.store(mean + j, option == 0 ? rectifiedMean(x, table) : option == 1 ? rectify(x) : softplus(x, table));
      }
      if (sample) v128.store(sample + j, keepNaN(x, noisyRectified(x, u)));
      break;
    }
    case RELU: {
      if (mean) v128.store(mean + j, truncatedMean(x, table));
      if (sample) v128.store(sample + j, keepNaN(x, truncatedSample(x, u, table)));
      break;
    }
    case STEPPED: {
      if (mean) v128.store(mean + j, f32x4.add(rectify(x), steppedMeanExcess(x, table)));
      if (sample) v128.store(sample + j, keepNaN(x, steppedSample(x, u, scratch + SUMS)));
      break;
    }
    case STEPPED_COPIES: {
      if (mean) {
        const copies = splat(<f32>option);
        const inside = lower(rectify(x), copies);
        const beyond = steppedMeanExcess(f32x4.sub(x, copies), table);
        v128.store(mean + j, f32x4.add(inside, f32x4.sub(steppedMeanExcess(x, table), beyond)));
      }
      if (sample) v128.store(sample + j, keepNaN(x, v128.load(scratch + COUNTS + j)));
      break;
    }
    case BINOMIAL: {
      if (mean) v128.store(mean + j, f32x4.mul(sigmoid(x), splat(<f32>option)));
      if (sample) v128.store(sample + j, keepNaN(x, v128.load(scratch + COUNTS + j)));
      break;
    }
    case SPIN: {
      const up = sigmoid(f32x4.add(x, x));
      if (mean) v128.store(mean + j, f32x4.sub(f32x4.add(up, up), splat(1)));
      if (sample) v128.store(sample + j, keepNaN(x, choose(f32x4.lt(u, up), splat(1), splat(-1))));
      break;
    }
  }
}

/** Multiplies each column of a matrix by its factor. */
export function scaleColumns(matrix: usize, rows: i32, columns: i32, factors: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = matrix + ((<usize>i * <usize>columns) << 2);
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      const place = <usize>j << 2;
      v128.store(row + place, f32x4.mul(v128.load(row + place), v128.load(factors + place)));
    }
    for (; j < columns; j++) {
      const place = <usize>j << 2;
      store<f32>(row + place, load<f32>(row + place) * load<f32>(factors + place));
    }
  }
}

/**
 * Softmax units: one unit in each group of `size` neighbors is on, the first whose cumulative
 * probability exceeds the group's uniform. A group that contains NaN becomes all NaN.
 *
 * @param draws one uniform per group; not read without `sample`
 * @param mean may share memory with the inputs; `sample` may not
 */
export function groupStates(input: usize, groups: i32, size: i32, draws: usize, mean: usize, sample: usize): void {
  const bytes = <usize>size << 2;
  for (let group = 0; group < groups; group++) {
    const start = input + <usize>group * bytes;
    let largest = finite(start);
    for (let i: usize = 4; i < bytes; i += 4) largest = max<f32>(largest, finite(start + i));
    let total: f32 = 0;
    for (let i: usize = 0; i < bytes; i += 4) total += exponential(finite(start + i) - largest);
    if (sample) {
      const out = sample + <usize>group * bytes;
      const threshold = load<f32>(draws + (<usize>group << 2)) * total;
      let cumulative: f32 = 0;
      let found = false;
      for (let i: usize = 0; i < bytes; i += 4) {
        cumulative += exponential(finite(start + i) - largest);
        if (isNaN<f32>(total)) {
          store<f32>(out + i, total);
          continue;
        }
        const on = !found && (threshold < cumulative || i + 4 == bytes);
        if (on) found = true;
        store<f32>(out + i, on ? 1 : 0);
      }
    }
    if (mean) {
      const out = mean + <usize>group * bytes;
      for (let i: usize = 0; i < bytes; i += 4) {
        store<f32>(out + i, exponential(finite(start + i) - largest) / total);
      }
    }
  }
}

/**
 * The number at this place, with infinities replaced by the largest number, which is the limit. NaN
 * stays.
 */
// @ts-ignore: decorator
@inline
function finite(place: usize): f32 {
  return max<f32>(min<f32>(load<f32>(place), f32.MAX_VALUE), -f32.MAX_VALUE);
}

// @ts-ignore: decorator
@inline
function exponential(x: f32): f32 {
  return f32x4.extract_lane(exp(splat(x)), 0);
}
