import type { UniformsAttributes } from '@deepbelief/units';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchWebgpu, FLAT_INDEX, flatWorkgroups } from './webgpu-dispatch.ts';
import { webgpuInternals } from './webgpu-internals.ts';
import { keyUniforms, PHILOX } from './webgpu-philox.ts';

/** The kernel `UNIFORMS_KERNEL` of @deepbelief/units in WGSL: one invocation per block of four. */
export function webgpuUniforms({ key, shape, draw }: UniformsAttributes): TensorInfo {
  const count = shape[0] * shape[1];
  const values = webgpuInternals().makeTensorInfo(shape, 'float32');
  dispatchWebgpu({
    name: 'uniforms',
    code: () => CODE,
    read: {},
    write: { values },
    uniforms: { count: ['u32', count], draw: ['u32', draw], ...keyUniforms(key) },
    workgroups: flatWorkgroups(Math.ceil(count / 4)),
  });
  return values;
}

const CODE = `${FLAT_INDEX}
${PHILOX}
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let element = 4u * flat_index(group, groups, local);
  if (element >= p.count) { return; }
  let drawn = uniforms4(element, p.draw);
  for (var i = 0u; i < min(4u, p.count - element); i++) { values[element + i] = drawn[i]; }
}`;
