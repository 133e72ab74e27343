import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

// Threads would only outlive the tests.
env.wasm.numThreads = 1;

/** Numbers and the shape they have. */
export interface Rows {
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

/** Runs an ONNX file in ONNX Runtime's wasm build. Returns its outputs by name. */
export async function runOnnx(
  bytes: Uint8Array,
  inputs: Readonly<Record<string, Rows>>,
): Promise<Record<string, Rows>> {
  const session = await InferenceSession.create(bytes);
  try {
    const feeds = Object.entries(inputs).map(
      ([name, { values, shape }]) =>
        [name, new Tensor('float32', Float32Array.from(values), shape)] as const,
    );
    const outputs = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => [
        name,
        { values: Array.from(data as Float32Array | BigInt64Array, Number), shape: dims },
      ]),
    );
  } finally {
    await session.release();
  }
}
