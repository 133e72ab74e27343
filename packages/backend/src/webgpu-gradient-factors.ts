import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { dispatchWebgpu, FLAT_INDEX, flatWorkgroups } from './webgpu-dispatch.ts';
import { webgpuInternals } from './webgpu-internals.ts';

/** Inputs of the kernel. */
export type GradientInputs = NamedTensorInfoMap & {
  readonly dataVisible: TensorInfo;
  readonly dataHidden: TensorInfo;
  readonly modelVisible: TensorInfo;
  readonly modelHidden: TensorInfo;
};

/**
 * The kernel `GRADIENT_FACTORS_KERNEL` of @deepbelief/kernels in WGSL: one pass over each layer's
 * states.
 */
export function webgpuGradientFactors(inputs: GradientInputs): TensorInfo[] {
  const [left, visibleBias] = stack(inputs.dataVisible, inputs.modelVisible, false);
  const [right, hiddenBias] = stack(inputs.dataHidden, inputs.modelHidden, true);
  return [left, right, visibleBias, hiddenBias];
}

/**
 * Stacks the data's rows above the model's, times 1/batch and −1/particles if `scaled`, and
 * computes the difference of their means.
 */
function stack(data: TensorInfo, model: TensorInfo, scaled: boolean): [TensorInfo, TensorInfo] {
  const [batch, units] = data.shape as [number, number];
  const particles = model.shape[0]!;
  const backend = webgpuInternals();
  const stacked = backend.makeTensorInfo([batch + particles, units], 'float32');
  const bias = backend.makeTensorInfo([units], 'float32');
  dispatchWebgpu({
    name: `gradient factors ${scaled}`,
    code: () => code(scaled),
    read: { data, model },
    write: { stacked, bias },
    uniforms: {
      batch: ['u32', batch],
      particles: ['u32', particles],
      units: ['u32', units],
      of_data: ['f32', 1 / batch],
      of_model: ['f32', -1 / particles],
    },
    workgroups: flatWorkgroups(units),
  });
  return [stacked, bias];
}

/**
 * Each invocation goes down a column next to its neighbors, so a workgroup reads contiguous memory.
 */
function code(scaled: boolean): string {
  const phase = (rows: string, from: string, first: string, weight: string): string => `
  for (var row = 0u; row < p.${rows}; row++) {
    let value = ${from}[row * p.units + column];
    total += p.${weight} * value;
    stacked[(${first} + row) * p.units + column] = ${scaled ? `p.${weight} * value` : 'value'};
  }`;
  return `${FLAT_INDEX}
@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column = flat_index(group, groups, local);
  if (column >= p.units) { return; }
  var total = 0.0;
  ${phase('batch', 'data', '0u', 'of_data')}
  ${phase('particles', 'model', 'p.batch', 'of_model')}
  bias[column] = total;
}`;
}
