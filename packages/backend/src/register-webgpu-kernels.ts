import {
  ADAM_UPDATE_KERNEL,
  denseStatesKernel,
  GRADIENT_FACTORS_KERNEL,
  MOMENTUM_UPDATE_KERNEL,
  type AdamSettings,
  type DenseStatesAttributes,
  type MomentumSettings,
} from '@deepbelief/kernels';
import { UNIFORMS_KERNEL, type UniformsAttributes } from '@deepbelief/units';
import { getKernel, registerKernel, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { webgpuAdamUpdate, type AdamInputs } from './webgpu-adam-update.ts';
import { webgpuDenseStates, type DenseInputs } from './webgpu-dense-states.ts';
import { webgpuGradientFactors, type GradientInputs } from './webgpu-gradient-factors.ts';
import { webgpuMomentumUpdate, type MomentumInputs } from './webgpu-momentum-update.ts';
import { webgpuSoftmaxStates } from './webgpu-softmax-states.ts';
import { WEBGPU_UNIT_STATES } from './webgpu-unit-states.ts';
import { webgpuUniforms } from './webgpu-uniforms.ts';

/** Registers the fused kernels of training for tfjs's WebGPU backend. */
export function registerWebgpuKernels(): void {
  register(UNIFORMS_KERNEL, (_, attributes) => webgpuUniforms(attributes as UniformsAttributes));
  for (const type of Object.keys(WEBGPU_UNIT_STATES)) {
    register(denseStatesKernel(type), (inputs, attributes) =>
      webgpuDenseStates(inputs as DenseInputs, attributes as DenseStatesAttributes),
    );
  }
  register(denseStatesKernel('softmax'), (inputs, attributes) =>
    webgpuSoftmaxStates(inputs as DenseInputs, attributes as DenseStatesAttributes),
  );
  register(GRADIENT_FACTORS_KERNEL, (inputs) => webgpuGradientFactors(inputs as GradientInputs));
  register(MOMENTUM_UPDATE_KERNEL, (inputs, attributes) =>
    webgpuMomentumUpdate(inputs as MomentumInputs, attributes as MomentumSettings),
  );
  register(ADAM_UPDATE_KERNEL, (inputs, attributes) =>
    webgpuAdamUpdate(inputs as AdamInputs, attributes as AdamSettings),
  );
}

function register(
  kernelName: string,
  run: (inputs: NamedTensorInfoMap, attributes: object) => TensorInfo | TensorInfo[],
): void {
  // tfjs complains on the console where a kernel is registered twice.
  if (getKernel(kernelName, 'webgpu') !== undefined) return;
  registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs }) => run(inputs, attrs as object),
  });
}
