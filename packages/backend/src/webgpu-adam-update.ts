import type { AdamSettings } from '@deepbelief/kernels';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchWebgpu, FLAT_INDEX, flatWorkgroups } from './webgpu-dispatch.ts';

/** Inputs of the kernel. */
export type AdamInputs = NamedTensorInfoMap & {
  readonly parameter: TensorInfo;
  readonly first: TensorInfo;
  readonly second: TensorInfo;
  readonly gradient: TensorInfo;
};

/** The kernel `ADAM_UPDATE_KERNEL` of @deepbelief/kernels in WGSL: one pass, in place. */
export function webgpuAdamUpdate(inputs: AdamInputs, settings: AdamSettings): [] {
  const { parameter, first, second, gradient } = inputs;
  const { size, epsilon, beta1, beta2, decay } = settings;
  const count = gradient.shape.reduce((product, extent) => product * extent, 1);
  dispatchWebgpu({
    name: 'adam',
    code: () => CODE,
    read: { gradient },
    write: { parameter, first, second },
    uniforms: {
      count: ['u32', count],
      size: ['f32', size],
      epsilon: ['f32', epsilon],
      beta1: ['f32', beta1],
      beta2: ['f32', beta2],
      // Computed here, where a beta near 1 still has all its digits.
      rest1: ['f32', 1 - beta1],
      rest2: ['f32', 1 - beta2],
      decay: ['f32', decay],
    },
    workgroups: flatWorkgroups(count),
  });
  return [];
}

const CODE = `${FLAT_INDEX}
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let i = flat_index(group, groups, local);
  if (i >= p.count) { return; }
  let descent = gradient[i] + p.decay * parameter[i];
  let m = p.beta1 * first[i] + p.rest1 * descent;
  let s = p.beta2 * second[i] + p.rest2 * descent * descent;
  first[i] = m;
  second[i] = s;
  parameter[i] -= p.size * m / (sqrt(s) + p.epsilon);
}`;
