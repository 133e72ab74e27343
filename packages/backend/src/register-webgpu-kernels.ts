import {
  ADAM_UPDATE_KERNEL,
  COUNT_OUTSIDE_KERNEL,
  denseStatesKernel,
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  type AdamSettings,
  type CountOutsideAttributes,
  type DenseStatesAttributes,
  type MomentumSettings,
} from '@deepbelief/kernels';
import { UNIFORMS_KERNEL, type UniformsAttributes } from '@deepbelief/units';
import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerCheckedKernel, type CheckedKernel } from './checked-kernel.ts';
import { webgpuAdamUpdate, type AdamInputs } from './webgpu-adam-update.ts';
import { webgpuCountOutside } from './webgpu-count-outside.ts';
import { webgpuDenseStates, type DenseInputs } from './webgpu-dense-states.ts';
import { webgpuGradientFactors, type GradientInputs } from './webgpu-gradient-factors.ts';
import { webgpuInternals } from './webgpu-internals.ts';
import { webgpuMomentumUpdate, type MomentumInputs } from './webgpu-momentum-update.ts';
import { webgpuSoftmaxStates } from './webgpu-softmax-states.ts';
import { WEBGPU_UNIT_STATES } from './webgpu-unit-states.ts';
import { webgpuUniforms } from './webgpu-uniforms.ts';

/** Registers the fused kernels of training for tfjs's WebGPU backend. */
export function registerWebgpuKernels(): void {
  const register = (name: string, compute: CheckedKernel): void =>
    registerCheckedKernel('webgpu', name, compute, toFloats);
  register(UNIFORMS_KERNEL, (_, attributes) => webgpuUniforms(attributes as UniformsAttributes));
  for (const type of Object.keys(WEBGPU_UNIT_STATES)) {
    register(denseStatesKernel(type), (inputs, attributes) =>
      webgpuDenseStates(inputs as DenseInputs, attributes as DenseStatesAttributes),
    );
  }
  register(denseStatesKernel('softmax'), (inputs, attributes) =>
    webgpuSoftmaxStates(inputs as DenseInputs, attributes as DenseStatesAttributes),
  );
  register(COUNT_OUTSIDE_KERNEL, (inputs, attributes) =>
    webgpuCountOutside(inputs['states']!, attributes as CountOutsideAttributes),
  );
  register(GRADIENT_FACTORS_KERNEL, (inputs) => webgpuGradientFactors(inputs as GradientInputs));
  register(MOMENTUM_UPDATE_KERNEL, (inputs, attributes) =>
    webgpuMomentumUpdate(inputs as MomentumInputs, attributes as MomentumSettings),
  );
  register(ADAM_UPDATE_KERNEL, (inputs, attributes) =>
    webgpuAdamUpdate(inputs as AdamInputs, attributes as AdamSettings),
  );
}

/**
 * tfjs's WebGPU backend casts integers and booleans to float32 only by relabeling them, and its
 * shaders look up the real type. Multiplying by 1 writes them as floats.
 */
function toFloats(x: TensorInfo): { floats: TensorInfo; dispose: () => void } {
  const backend = webgpuInternals();
  const one = backend.makeTensorInfo([], 'float32', Float32Array.of(1));
  const { kernelFunc } = getKernel('Multiply', 'webgpu');
  const floats = kernelFunc({ inputs: { a: x, b: one }, backend, attrs: {} }) as TensorInfo;
  backend.disposeData(one.dataId);
  return { floats, dispose: () => backend.disposeData(floats.dataId) };
}
