import type { RandomKey } from '@deepbelief/random';
import type { WebgpuPass } from './webgpu-dispatch.ts';

/** The uniforms that `PHILOX` needs in `p` to find a key's stream. */
export function keyUniforms(key: RandomKey | undefined): WebgpuPass['uniforms'] {
  const { seed, site, step } = key ?? { seed: [0, 0], site: 0, step: 0 };
  return {
    seed_low: ['u32', seed[0]],
    seed_high: ['u32', seed[1]],
    site: ['u32', site],
    step_low: ['u32', step >>> 0],
    step_high: ['u32', Math.floor(step / 2 ** 32)],
  };
}

/**
 * WGSL: `uniforms4(element, draw)`, the uniforms of elements element … element + 3 of a key, bit
 * for bit equal to `uniforms` of @deepbelief/random: Philox 4x32-10 (Salmon et al. 2011). The high
 * word of a product comes from 16-bit halves, because WGSL has no 64-bit product.
 */
export const PHILOX = `
fn multiply_high(a: u32, b: u32) -> u32 {
  let a_low = a & 0xffffu;
  let a_high = a >> 16u;
  let b_low = b & 0xffffu;
  let b_high = b >> 16u;
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let carry = a_low * b_high + (middle & 0xffffu);
  return a_high * b_high + (middle >> 16u) + (carry >> 16u);
}

fn philox(block: u32, draw: u32) -> vec4<u32> {
  var x = vec4<u32>(block, p.site + (draw << 16u), p.step_low, p.step_high);
  var key = vec2<u32>(p.seed_low, p.seed_high);
  for (var round = 0u; round < 10u; round++) {
    let high0 = multiply_high(0xd2511f53u, x.x);
    let high1 = multiply_high(0xcd9e8d57u, x.z);
    x = vec4<u32>(high1 ^ x.y ^ key.x, 0xcd9e8d57u * x.z, high0 ^ x.w ^ key.y, 0xd2511f53u * x.x);
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return x;
}

fn words4(element: u32, draw: u32) -> vec4<u32> {
  let block = element >> 2u;
  let low = philox(block, draw);
  let lane = element & 3u;
  if (lane == 0u) { return low; }
  let high = philox(block + 1u, draw);
  if (lane == 1u) { return vec4<u32>(low.yzw, high.x); }
  if (lane == 2u) { return vec4<u32>(low.zw, high.xy); }
  return vec4<u32>(low.w, high.xyz);
}

fn uniforms4(element: u32, draw: u32) -> vec4<f32> {
  return (vec4<f32>(words4(element, draw) >> vec4<u32>(9u)) + 0.5) * 0x1p-23;
}`;

/**
 * WGSL: `normal_quantile(u)` for u in [2^-24, 1 - 2^-24], to about 1e-6.
 *
 * Source: M. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
 * Statistics 37 (1988), routine PPND7; without its branch for tails below 1e-11.
 */
export const NORMAL_QUANTILE = `
fn normal_quantile(u: vec4<f32>) -> vec4<f32> {
  let q = u - 0.5;
  let r = 0.180625 - q * q;
  let center = q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179) /
    (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1.0);
  let t = sqrt(-log(min(u, 1.0 - u))) - 1.6;
  let tail = (((0.17023821103 * t + 1.3067284816) * t + 2.75681539) * t + 1.4234372777) /
    ((0.12021132975 * t + 0.7370016425) * t + 1.0);
  return select(sign(q) * tail, center, abs(q) <= vec4<f32>(0.425));
}`;
