import { wasmBackend } from './wasm-heap.ts';

/** Heaps that are guarded already. */
const guarded = new WeakSet<object>();

/**
 * Makes tfjs fail where its wasm heap cannot grow. Its malloc then answers 0, which tfjs takes for
 * an address, and tensors would silently be written over one another.
 *
 * @throws Error where this version of tfjs's wasm backend is not built as the products here need it
 */
export function guardHeap(): void {
  const { wasm, dataIdMap } = wasmBackend();
  const known =
    typeof wasm?._malloc === 'function' &&
    typeof wasm._free === 'function' &&
    wasm.HEAPU8 instanceof Uint8Array &&
    wasm.asm?.memory instanceof WebAssembly.Memory &&
    typeof dataIdMap?.get === 'function';
  if (!known) {
    throw new Error(
      "guardHeap: tfjs's wasm backend does not show its heap as expected; expected @tensorflow/tfjs-backend-wasm ^4.22.0",
    );
  }
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // The first call replaces the function by another.
  wasm._free(wasm._malloc(4));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    // Beyond 4 GiB it would take the number's low bits, and answer with a small piece.
    const offset = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (offset === 0 && bytes > 0) {
      throw new Error(
        `the wasm heap cannot grow by ${bytes} bytes (it ends at 4 GiB); use smaller batches or dispose tensors`,
      );
    }
    return offset;
  };
}
