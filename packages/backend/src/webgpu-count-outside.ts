import type { CountOutsideAttributes } from '@deepbelief/kernels';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchWebgpu } from './webgpu-dispatch.ts';
import { webgpuInternals } from './webgpu-internals.ts';

/** Enough to keep a GPU busy, but no more than a workgroup can sum at once. */
const MOST_WORKGROUPS = 256;

/**
 * The kernel `COUNT_OUTSIDE_KERNEL` of @deepbelief/kernels in WGSL: counts of workgroups, then
 * their sum.
 */
export function webgpuCountOutside(
  values: TensorInfo,
  { low, high }: CountOutsideAttributes,
): TensorInfo[] {
  const backend = webgpuInternals();
  const size = values.shape.reduce((product, extent) => product * extent, 1);
  const groups = Math.min(Math.ceil(size / 1024), MOST_WORKGROUPS);
  const counts = backend.makeTensorInfo([groups], 'int32');
  const total = backend.makeTensorInfo([], 'int32');
  dispatchWebgpu({
    name: 'count outside',
    code: () =>
      code(
        'counts',
        `${IS_OUTSIDE}\nfn term(i: u32) -> i32 { return i32(is_outside(values[i])); }`,
      ),
    read: { values },
    write: { counts },
    integers: ['counts'],
    uniforms: { size: ['u32', size], low: ['f32', low], high: ['f32', high] },
    workgroups: [groups, 1, 1],
  });
  dispatchWebgpu({
    name: 'sum of counts',
    code: () => code('total', 'fn term(i: u32) -> i32 { return counts[i]; }'),
    read: { counts },
    write: { total },
    integers: ['counts', 'total'],
    uniforms: { size: ['u32', groups] },
    workgroups: [1, 1, 1],
  });
  backend.disposeData(counts.dataId);
  return [total];
}

/** Checks the bits, because WGSL may assume that no number is NaN or infinite. */
const IS_OUTSIDE = `
fn is_outside(x: f32) -> bool {
  let finite = (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
  return !(finite && x >= p.low && x <= p.high);
}`;

/** Each workgroup sums terms at a fixed stride and writes the sum to its place in `output`. */
function code(output: string, term: string): string {
  return `
${term}
var<workgroup> sums: array<i32, 256>;
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  var sum = 0;
  for (var i = group.x * 256u + local; i < p.size; i += groups.x * 256u) { sum += term(i); }
  sums[local] = sum;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) { ${output}[group.x] = sums[0]; }
}`;
}
