// Mean and sample of max-pooled binary units: at most one is on in each block of neighbors in a
// feature map. Maps run fastest, so that four blocks are computed at once.
import { exp, higher, lower, splat } from './vector-math';

/** Larger inputs count as infinite: the portable form's bound. */
const LARGEST: f32 = 1.7e38;

/**
 * A strip is a row of blocks of all maps. A strip whose inputs contain NaN becomes all NaN.
 *
 * @param input total inputs without bias, [strips][block][across · block][maps]
 * @param bias the bias of one picture's `stripsOfPicture` strips
 * @param across blocks in a row of a map
 * @param draws one uniform per block, [strips][across][maps]; not read without `sample`
 * @param mean output for expected states, or 0; must not overlap the input
 * @param sample output for samples, or 0; must not overlap the input
 * @param scratch block² + 1 vectors
 */
export function pooledStates(
  input: usize,
  bias: usize,
  strips: i32,
  stripsOfPicture: i32,
  across: i32,
  block: i32,
  maps: i32,
  draws: usize,
  mean: usize,
  sample: usize,
  scratch: usize,
): void {
  const places = block * block;
  const unit = <usize>maps << 2;
  const row = <usize>(across * block) * unit;
  const strip = <usize>block * row;
  const tail = scratch + (<usize>places << 4);
  for (let s = 0; s < strips; s++) {
    const start = <usize>s * strip;
    const biasStart = bias + <usize>(s % stripsOfPicture) * strip;
    let isNumber = i32x4.splat(-1);
    for (let x = 0; x < across; x++) {
      const corner = <usize>(x * block) * unit;
      for (let map = 0; map < maps; map += 4) {
        const bytes = <usize>min(4, maps - map) << 2;
        const at = corner + (<usize>map << 2);
        let largest = splat(0);
        for (let place = 0; place < places; place++) {
          const offset = at + <usize>(place / block) * row + <usize>(place % block) * unit;
          const shift = upToFour(biasStart + offset, bytes, tail);
          const value = f32x4.add(upToFour(input + start + offset, bytes, tail), shift);
          const inside = higher(lower(value, splat(LARGEST)), splat(-LARGEST));
          isNumber = v128.and(isNumber, f32x4.eq(value, value));
          largest = higher(largest, inside);
          v128.store(scratch + (<usize>place << 4), inside);
        }
        let total = exp(f32x4.neg(largest));
        for (let place = 0; place < places; place++) {
          const e = exp(f32x4.sub(v128.load(scratch + (<usize>place << 4)), largest));
          v128.store(scratch + (<usize>place << 4), e);
          total = f32x4.add(total, e);
        }
        const draw = sample
          ? upToFour(draws + ((<usize>(s * across + x) * <usize>maps + <usize>map) << 2), bytes, tail)
          : splat(0);
        let end = splat(0);
        let below = i32x4.splat(0);
        for (let place = 0; place < places; place++) {
          const offset = start + at + <usize>(place / block) * row + <usize>(place % block) * unit;
          const p = f32x4.div(v128.load(scratch + (<usize>place << 4)), total);
          if (mean) storeUpToFour(mean + offset, p, bytes, tail);
          if (sample) {
            end = f32x4.add(end, p);
            const isBelow = f32x4.lt(draw, end);
            storeUpToFour(sample + offset, v128.and(v128.andnot(isBelow, below), splat(1)), bytes, tail);
            below = isBelow;
          }
        }
      }
    }
    if (!i32x4.all_true(isNumber)) {
      if (mean) fillNaN(mean + start, strip);
      if (sample) fillNaN(sample + start, strip);
    }
  }
}

// @ts-ignore: decorator
@inline
function upToFour(from: usize, bytes: usize, tail: usize): v128 {
  if (bytes == 16) return v128.load(from);
  v128.store(tail, splat(0));
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(tail + at, load<f32>(from + at));
  return v128.load(tail);
}

// @ts-ignore: decorator
@inline
function storeUpToFour(to: usize, value: v128, bytes: usize, tail: usize): void {
  if (bytes == 16) return v128.store(to, value);
  v128.store(tail, value);
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(tail + at));
}

function fillNaN(to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, NaN);
}
