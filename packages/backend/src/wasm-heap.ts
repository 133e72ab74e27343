import { getBackend, backend as tfBackend, type DataType, type TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs's wasm backend keeps of a tensor's bytes. */
interface HeapEntry {
  readonly memoryOffset: number;
  readonly dtype: DataType;
}

/** The parts of tfjs's wasm backend that this package works with; they are not in its public types. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc: (bytes: number) => number;
    _free(offset: number): void;
  };
  readonly dataIdMap: { get(dataId: object): HeapEntry };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  disposeData(dataId: object): boolean;
}

/** tfjs's wasm backend, once `tf.setBackend('wasm')` has succeeded. */
export function wasmBackend(): WasmBackend {
  if (getBackend() !== 'wasm') {
    throw new Error(
      `wasmBackend: the tfjs backend is ${getBackend()}, expected wasm; call tf.setBackend('wasm') first`,
    );
  }
  return tfBackend() as object as WasmBackend;
}

/** Byte offset of a float32 tensor's values in the heap. */
export function heapOffset(tensor: TensorInfo): number {
  return wasmBackend().dataIdMap.get(tensor.dataId).memoryOffset;
}

/**
 * Memory in tfjs's wasm heap.
 *
 * @throws Error when the heap cannot grow: tfjs's malloc then answers 0, which would be written over silently
 */
export function heapAllocate(bytes: number): number {
  const offset = wasmBackend().wasm._malloc(bytes);
  if (offset === 0) {
    throw new Error(
      `heapAllocate: the wasm heap cannot grow by ${bytes} bytes (it ends at 4 GiB); use smaller batches or dispose tensors`,
    );
  }
  return offset;
}

/** A view of part of the heap, valid until the heap grows: take a new one for each use. */
export function heapFloats(offset: number, length: number): Float32Array {
  return new Float32Array(wasmBackend().wasm.HEAPU8.buffer, offset, length);
}
