import type { DenseStatesAttributes } from '@deepbelief/kernels';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { writeVector } from './webgpu-dense-product.ts';
import { outputs, runDense, type DenseInputs } from './webgpu-dense-states.ts';
import { dispatchWebgpu, FLAT_INDEX, flatWorkgroups } from './webgpu-dispatch.ts';
import { webgpuInternals } from './webgpu-internals.ts';
import { keyUniforms, PHILOX } from './webgpu-philox.ts';

/**
 * The kernel `denseStatesKernel('softmax')` of @deepbelief/kernels in WGSL: the product in one
 * pass, then one invocation per group for probabilities and samples.
 */
export function webgpuSoftmaxStates(
  inputs: DenseInputs,
  attributes: DenseStatesAttributes,
): TensorInfo[] {
  const { units, transposed, mean, key } = attributes;
  const write = outputs(inputs, attributes);
  const shape = [inputs.states.shape[0]!, inputs.bias.shape[0]!];
  const backend = webgpuInternals();
  const x = backend.makeTensorInfo(shape, 'float32');
  runDense(inputs, transposed, {
    name: 'linear',
    read: {},
    write: { x },
    uniforms: {},
    epilogue: (isVector) =>
      `fn finish(row: u32, column: u32, sum: V) { ${writeVector('x', 'sum', isVector)} }`,
  });
  const size = Number(units['groupSize']);
  const groups = (shape[0]! * shape[1]!) / size;
  dispatchWebgpu({
    name: `softmax ${Object.keys(write).join(' ')}`,
    code: () => groupCode(mean, key !== undefined),
    read: { x },
    write,
    uniforms: { groups: ['u32', groups], size: ['u32', size], ...keyUniforms(key) },
    workgroups: flatWorkgroups(groups),
  });
  backend.disposeData(x.dataId);
  return Object.values(write);
}

/** Inversion: the first unit whose cumulative probability exceeds the group's uniform. */
function groupCode(mean: boolean, sampled: boolean): string {
  return `${FLAT_INDEX}
${sampled ? PHILOX : ''}
// Replaces infinities by half the largest number, because WGSL's differences must not overflow.
fn finite(x: f32) -> f32 { return clamp(x, -1.7e38, 1.7e38); }
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let index = flat_index(group, groups, local);
  if (index >= p.groups) { return; }
  let first = index * p.size;
  var some_nan = 0u;
  for (var i = 0u; i < p.size; i++) {
    // Checks the bits, because WGSL may assume that no number is NaN.
    let bits = bitcast<u32>(x[first + i]);
    if ((bits & 0x7fffffffu) > 0x7f800000u) { some_nan = bits; }
  }
  if (some_nan != 0u) {
    for (var i = 0u; i < p.size; i++) {
      ${mean ? 'mean[first + i] = bitcast<f32>(some_nan);' : ''}
      ${sampled ? 'drawn[first + i] = bitcast<f32>(some_nan);' : ''}
    }
    return;
  }
  var largest = finite(x[first]);
  for (var i = 1u; i < p.size; i++) { largest = max(largest, finite(x[first + i])); }
  var total = 0.0;
  for (var i = 0u; i < p.size; i++) { total += exp(finite(x[first + i]) - largest); }
  ${mean ? 'for (var i = 0u; i < p.size; i++) { mean[first + i] = exp(finite(x[first + i]) - largest) / total; }' : ''}
  ${
    sampled
      ? `let threshold = uniforms4(index, 0u).x * total;
  var cumulative = 0.0;
  var chosen = 0u;
  for (var i = 0u; i < p.size; i++) {
    cumulative += exp(finite(x[first + i]) - largest);
    chosen += u32(threshold >= cumulative);
  }
  chosen = min(chosen, p.size - 1u);
  for (var i = 0u; i < p.size; i++) { drawn[first + i] = f32(i == chosen); }`
      : ''
  }
}`;
}
