import { wasmBackend } from './wasm-heap.ts';

/** Heaps that are already guarded. */
const guarded = new WeakSet<object>();

/**
 * Makes tfjs fail if its wasm heap cannot grow. Otherwise its malloc returns 0, tfjs takes that for
 * an address, and tensors silently overwrite each other.
 *
 * @throws Error if this version of tfjs's wasm backend is not built as our products need it
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
      "guardHeap: tfjs's wasm backend does not expose its heap; expected " +
        '@tensorflow/tfjs-backend-wasm ^4.22.0',
    );
  }
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // The first call replaces the function with another.
  wasm._free(wasm._malloc(4));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    // Beyond 4 GiB it would use only the number's low bits and return a small block.
    const offset = bytes < 2 ** 32 ? allocate(bytes) : 0;
    if (offset === 0 && bytes > 0) {
      throw new Error(
        `the wasm heap cannot grow by ${bytes} bytes (it ends at 4 GiB); use smaller batches ` +
          'or dispose tensors',
      );
    }
    return offset;
  };
}
