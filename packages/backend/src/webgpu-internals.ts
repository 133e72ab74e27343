import {
  backend as tfBackend,
  getBackend,
  type DataType,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** What tfjs's WebGPU backend stores about a tensor. */
interface WebgpuEntry {
  /** The values if known in JavaScript: not uploaded yet, or read back earlier. */
  values: object | null | undefined;
  resource: GPUBuffer | null;
}

/** The parts of tfjs's WebGPU backend that this package uses; most are not in its public types. */
export interface WebgpuInternals {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly tensorMap: { get(dataId: object): WebgpuEntry };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GPUBuffer };
  /** Buffers to return to the manager once the work that uses them is submitted. */
  readonly uniformPendingDisposal: GPUBuffer[];
  /** Tensors that recorded commands use; their disposal waits for the submission. */
  readonly commandQueueOwnedIds: WeakSet<object>;
  readonly commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  read: (dataId: object) => Promise<object>;
  readSync: (dataId: object) => object;
  runWebGPUProgram: (...parameters: unknown[]) => TensorInfo;
  uploadToGPU(dataId: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: readonly number[], dtype: DataType, values?: Float32Array): TensorInfo;
  disposeData(dataId: object): boolean;
}

/** Returns tfjs's WebGPU backend if it is the current one. */
export function webgpuInternals(): WebgpuInternals {
  if (getBackend() !== 'webgpu') {
    throw new Error(
      `webgpuInternals: the tfjs backend is ${getBackend()}, expected webgpu; call ` +
        "useBackend({ backend: 'webgpu' }) first",
    );
  }
  return tfBackend() as object as WebgpuInternals;
}
