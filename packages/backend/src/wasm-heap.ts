import {
  getBackend,
  backend as tfBackend,
  type DataType,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** What tfjs's wasm backend stores about a tensor's bytes. */
interface HeapEntry {
  readonly memoryOffset: number;
  readonly dtype: DataType;
  /** The shape of the tensor that the bytes were made for; reshaped tensors share them. */
  readonly shape: readonly number[];
}

/** The parts of tfjs's wasm backend that this package uses; they are not in its public types. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc: (bytes: number) => number;
    _free(offset: number): void;
  };
  readonly dataIdMap: { get(dataId: object): HeapEntry };
  makeOutput(
    shape: readonly number[],
    dtype: DataType,
    offset?: undefined,
    values?: Int32Array,
  ): TensorInfo;
  disposeData(dataId: object): boolean;
}

/** tfjs's wasm backend, once `tf.setBackend('wasm')` has succeeded. */
export function wasmBackend(): WasmBackend {
  if (getBackend() !== 'wasm') {
    throw new Error(
      `wasmBackend: the tfjs backend is ${getBackend()}, expected wasm; call ` +
        "tf.setBackend('wasm') first",
    );
  }
  return tfBackend() as object as WasmBackend;
}

/**
 * Byte offset of a float32 tensor's values in the heap.
 *
 * @throws RangeError if the tensor claims more values than there are, or values that are not
 *   float32
 */
export function heapOffset({ dataId, shape }: TensorInfo): number {
  const held = wasmBackend().dataIdMap.get(dataId);
  if (held.dtype !== 'float32' || sizeOfShape(shape) !== sizeOfShape(held.shape)) {
    throw new RangeError(
      `heapOffset: the heap holds ${held.dtype} of shape [${held.shape.join(', ')}], expected ` +
        `float32 of [${shape.join(', ')}]`,
    );
  }
  return held.memoryOffset;
}

/** The number of values of a tensor with this shape. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/**
 * Allocates memory in tfjs's wasm heap.
 *
 * @throws Error if the heap cannot grow: tfjs's malloc then returns 0, and writing there would
 *   silently overwrite data
 */
export function heapAllocate(bytes: number): number {
  const offset = wasmBackend().wasm._malloc(bytes);
  if (offset === 0) throw heapFull(bytes);
  return offset;
}

function heapFull(bytes: number): Error {
  return new Error(
    `the wasm heap cannot grow by ${bytes} bytes (it ends at 4 GiB); use smaller batches or ` +
      'layers, or dispose tensors',
  );
}

/**
 * Makes a float32 tensor on tfjs's wasm backend with uninitialized values.
 *
 * @throws Error if the heap cannot grow
 */
export function makeOutput(shape: readonly number[]): TensorInfo {
  const output = wasmBackend().makeOutput(shape, 'float32');
  const size = sizeOfShape(shape);
  if (size > 0 && heapOffset(output) === 0) {
    wasmBackend().disposeData(output.dataId);
    throw heapFull(4 * size);
  }
  return output;
}

/** Makes an int32 scalar. */
export function integerScalar(value: number): TensorInfo {
  return wasmBackend().makeOutput([], 'int32', undefined, Int32Array.of(value));
}

/**
 * Returns a view of part of the heap. It is valid until the heap grows, so take a new one for each
 * use.
 */
export function heapFloats(offset: number, length: number): Float32Array {
  return new Float32Array(wasmBackend().wasm.HEAPU8.buffer, offset, length);
}
