// One pass over parameters and an optimizer's state for them.
import { multiplyAdd, splat } from './vector-math';

/** θ ← θ + v, with v ← v − l2 θ − l1 sign(θ) before; both penalties include the rate. */
export function addVelocity(theta: usize, velocity: usize, count: i32, l1: f32, l2: f32): void {
  const vectors = count & ~3;
  const bytes = <usize>vectors << 2;
  if (l1 == 0 && l2 == 0) {
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(theta + i, f32x4.add(v128.load(theta + i), v128.load(velocity + i)));
    }
  } else if (l1 == 0) {
    const pull = splat(-l2);
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = v128.load(theta + i);
      const v = multiplyAdd(x, pull, v128.load(velocity + i));
      v128.store(velocity + i, v);
      v128.store(theta + i, f32x4.add(x, v));
    }
  } else {
    const pull = splat(-l2);
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = v128.load(theta + i);
      let v = multiplyAdd(x, pull, v128.load(velocity + i));
      v = f32x4.sub(v, v128.and(f32x4.gt(x, splat(0)), splat(l1)));
      v = f32x4.add(v, v128.and(f32x4.lt(x, splat(0)), splat(l1)));
      v128.store(velocity + i, v);
      v128.store(theta + i, f32x4.add(x, v));
    }
  }
  for (let i = vectors; i < count; i++) {
    const place = <usize>i << 2;
    const x = load<f32>(theta + place);
    const sign: f32 = x > 0 ? 1 : x < 0 ? -1 : 0;
    const v = load<f32>(velocity + place) - l2 * x - l1 * sign;
    store<f32>(velocity + place, v);
    store<f32>(theta + place, x + v);
  }
}

/**
 * θ ← θ + v, with v ← momentum · v + rate · g − l2 θ − l1 sign(θ) before; both penalties include
 * the rate.
 */
export function followGradient(
  theta: usize,
  velocity: usize,
  gradient: usize,
  count: i32,
  momentum: f32,
  rate: f32,
  l1: f32,
  l2: f32,
): void {
  const vectors = count & ~3;
  const bytes = <usize>vectors << 2;
  const pull = splat(-l2);
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(theta + i);
    let v = f32x4.mul(v128.load(velocity + i), splat(momentum));
    v = multiplyAdd(v128.load(gradient + i), splat(rate), v);
    v = multiplyAdd(x, pull, v);
    v = f32x4.sub(v, v128.and(f32x4.gt(x, splat(0)), splat(l1)));
    v = f32x4.add(v, v128.and(f32x4.lt(x, splat(0)), splat(l1)));
    v128.store(velocity + i, v);
    v128.store(theta + i, f32x4.add(x, v));
  }
  for (let i = vectors; i < count; i++) {
    const place = <usize>i << 2;
    const x = load<f32>(theta + place);
    const sign: f32 = x > 0 ? 1 : x < 0 ? -1 : 0;
    const v = momentum * load<f32>(velocity + place) + rate * load<f32>(gradient + place) - l2 * x - l1 * sign;
    store<f32>(velocity + place, v);
    store<f32>(theta + place, x + v);
  }
}

/**
 * A step of Adam: g ← g + decay · θ, m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², θ ← θ − size · m /
 * (√s + ϵ).
 *
 * 1 − β is passed in, because float32 would lose digits.
 */
export function adam(
  theta: usize,
  first: usize,
  second: usize,
  gradient: usize,
  count: i32,
  size: f32,
  epsilon: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  decay: f32,
): void {
  const vectors = count & ~3;
  const bytes = <usize>vectors << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(theta + i);
    const g = multiplyAdd(x, splat(decay), v128.load(gradient + i));
    const m = multiplyAdd(g, splat(rest1), f32x4.mul(v128.load(first + i), splat(beta1)));
    const s = multiplyAdd(f32x4.mul(g, g), splat(rest2), f32x4.mul(v128.load(second + i), splat(beta2)));
    v128.store(first + i, m);
    v128.store(second + i, s);
    const direction = f32x4.div(m, f32x4.add(f32x4.sqrt(s), splat(epsilon)));
    v128.store(theta + i, f32x4.sub(x, f32x4.mul(direction, splat(size))));
  }
  for (let i = vectors; i < count; i++) {
    const place = <usize>i << 2;
    const x = load<f32>(theta + place);
    const g = load<f32>(gradient + place) + decay * x;
    const m = beta1 * load<f32>(first + place) + rest1 * g;
    const s = beta2 * load<f32>(second + place) + rest2 * g * g;
    store<f32>(first + place, m);
    store<f32>(second + place, s);
    store<f32>(theta + place, x - (size * m) / (sqrt<f32>(s) + epsilon));
  }
}
