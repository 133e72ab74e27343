import { env } from 'onnxruntime-web/wasm';
import { runOnnx, type Rows } from './run-onnx.ts';

/** Runs an ONNX file in the page; its numbers come as plain data. */
export async function run({
  file,
  inputs,
}: {
  readonly file: readonly number[];
  readonly inputs: Record<string, Rows>;
}): Promise<Record<string, Rows>> {
  env.wasm.wasmPaths = '/';
  return runOnnx(Uint8Array.from(file), inputs);
}
