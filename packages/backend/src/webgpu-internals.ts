import {
  backend as tfBackend,
  getBackend,
  type DataType,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** What tfjs's WebGPU backend keeps of a tensor. */
interface WebgpuEntry {
  /** The values where they are known in JavaScript: not uploaded yet, or read back before. */
  values: object | null | undefined;
  resource: GPUBuffer | null;
}

/**
 * The parts of tfjs's WebGPU backend that this package works with; most are not in its public
 * types.
 */
export interface WebgpuInternals {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly tensorMap: { get(dataId: object): WebgpuEntry };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GPUBuffer };
  /** Buffers that go back to the manager when what uses them has been submitted. */
  readonly uniformPendingDisposal: GPUBuffer[];
  /** Tensors that recorded commands use; disposing them waits for the submission. */
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

/** tfjs's WebGPU backend, once it is the one in use. */
export function webgpuInternals(): WebgpuInternals {
  if (getBackend() !== 'webgpu') {
    throw new Error(
      `webgpuInternals: the tfjs backend is ${getBackend()}, expected webgpu; call useBackend({ backend: 'webgpu' }) first`,
    );
  }
  return tfBackend() as object as WebgpuInternals;
}
