import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import { webgpuInternals } from './webgpu-internals.ts';

/** A compute shader to run once. */
export interface WebgpuPass {
  /** The shader's name. Passes with the same name have the same code and bindings. */
  readonly name: string;
  /**
   * Returns the WGSL after the bindings; called for a new name. The tensors are arrays with their
   * names, the uniforms are fields of `p`.
   */
  readonly code: () => string;
  /** Tensors to read, float32 unless listed in `integers`. */
  readonly read: Readonly<Record<string, TensorInfo>>;
  /**
   * Tensors to write or change in place, float32 unless listed in `integers`; none of them may be
   * in `read`.
   */
  readonly write: Readonly<Record<string, TensorInfo>>;
  /** The tensors that are arrays of vec4<f32>; the others are arrays of f32. */
  readonly vectors?: readonly string[];
  /** The tensors that are arrays of i32. */
  readonly integers?: readonly string[];
  readonly uniforms: Readonly<Record<string, ['u32' | 'f32', number]>>;
  readonly workgroups: readonly [number, number, number];
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/**
 * Records a compute shader into tfjs's own WebGPU pass, so that it runs in order with tfjs's
 * shaders and needs no separate submission. Unlike tfjs's own method, it can change several tensors
 * in place.
 */
export function dispatchWebgpu(pass: WebgpuPass): void {
  const backend = webgpuInternals();
  const tensors = [...Object.values(pass.read), ...Object.values(pass.write)];
  for (const { dataId } of tensors) backend.uploadToGPU(dataId);
  const uniforms = uniformBuffer(pass);
  const resources = [
    ...tensors.map(({ dataId }) => backend.tensorMap.get(dataId).resource!),
    uniforms,
  ];
  const pipeline = pipelineOf(pass, backend.device);
  const bindGroup = backend.device.createBindGroup({
    label: pass.name,
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  backend.ensureCommandEncoderReady();
  const encoder = (backend.computePassEncoder ??= backend.commandEncoder.beginComputePass());
  encoder.setPipeline(pipeline);
  encoder.setBindGroup(0, bindGroup);
  encoder.dispatchWorkgroups(...pass.workgroups);
  backend.uniformPendingDisposal.push(uniforms);
  for (const { dataId } of tensors) backend.commandQueueOwnedIds.add(dataId);
  // Values read back earlier are now out of date.
  for (const { dataId } of Object.values(pass.write)) backend.tensorMap.get(dataId).values = null;
  backend.dispatchCountInPass++;
  if (backend.dispatchCountInPass >= env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

/**
 * Workgroups for `count` invocations of a shader with @workgroup_size(256); `flat_index` of
 * `FLAT_INDEX` counts them.
 */
export function flatWorkgroups(count: number): [number, number, number] {
  const groups = Math.ceil(count / 256);
  const across = Math.min(groups, 65535);
  return [across, Math.ceil(groups / across), 1];
}

/** WGSL: the index of an invocation among those of `flatWorkgroups`. */
export const FLAT_INDEX = `
fn flat_index(group: vec3<u32>, groups: vec3<u32>, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * 256u + local;
}`;

function uniformBuffer({ uniforms }: WebgpuPass): GPUBuffer {
  const { bufferManager, queue } = webgpuInternals();
  const values = Object.values(uniforms);
  const bytes = new DataView(new ArrayBuffer(16 * Math.ceil(values.length / 4)));
  for (const [i, [type, value]] of values.entries()) {
    if (type === 'u32') bytes.setUint32(4 * i, value, true);
    else bytes.setFloat32(4 * i, value, true);
  }
  const buffer = bufferManager.acquireBuffer(
    bytes.byteLength,
    GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM,
  );
  queue.writeBuffer(buffer, 0, bytes.buffer);
  return buffer;
}

function pipelineOf(pass: WebgpuPass, device: GPUDevice): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  const pipeline = known.get(pass.name) ?? compile(pass, device);
  known.set(pass.name, pipeline);
  return pipeline;
}

function compile(pass: WebgpuPass, device: GPUDevice): GPUComputePipeline {
  const buffers = [
    ...Object.keys(pass.read).map((name) => [name, 'read-only-storage', 'storage, read'] as const),
    ...Object.keys(pass.write).map((name) => [name, 'storage', 'storage, read_write'] as const),
  ];
  const declarations = buffers.map(([name, , access], binding) => {
    const number = pass.integers?.includes(name) ? 'i32' : 'f32';
    const element = pass.vectors?.includes(name) ? 'vec4<f32>' : number;
    return `@group(0) @binding(${binding}) var<${access}> ${name}: array<${element}>;`;
  });
  const fields = Object.entries(pass.uniforms).map(([name, [type]]) => `${name}: ${type}`);
  const header = `struct Uniforms { ${fields.join(', ')} }
${declarations.join('\n')}
@group(0) @binding(${buffers.length}) var<uniform> p: Uniforms;
`;
  const types: GPUBufferBindingType[] = [...buffers.map(([, type]) => type), 'uniform'];
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
  const module = device.createShaderModule({ label: pass.name, code: header + pass.code() });
  return device.createComputePipeline({
    label: pass.name,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: 'main' },
  });
}
