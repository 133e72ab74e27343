import '../settings/without-eval.ts';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { env } from '@tensorflow/tfjs-core';
import { decodePicture } from '../digits/decode-picture.ts';
import { loadDigits } from '../digits/load-digits.ts';
import { ownFiles } from '../digits/own-files.ts';
import type { RequestMessage, WorkerMessage } from './messages.ts';
import { problemOf } from './problems.ts';
import { serve } from './serve.ts';

/** What TypeScript's types of pages do not say of workers. */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RequestMessage>) => void): void;
}

const scope = globalThis as unknown as WorkerScope;

setWasmPaths({
  'tfjs-backend-wasm.wasm': new URL(plainWasm, import.meta.url).href,
  'tfjs-backend-wasm-simd.wasm': new URL(simdWasm, import.meta.url).href,
  // tfjs wants a place for all three; it never asks for this one.
  'tfjs-backend-wasm-threaded-simd.wasm': new URL(simdWasm, import.meta.url).href,
});
// Threads need cross-origin headers, which the page does without.
env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const receive = serve({
  world: {
    loadDigits: async (folder, onProgress) =>
      loadDigits(async (name) => fetchBytes(folder + name), onProgress),
    readFiles: async (files) => ownFiles(files, decodePicture),
  },
  post: (message, transfer) => scope.postMessage(message, transfer),
});

scope.addEventListener('message', ({ data }) => receive(data));

// What nobody waited for is told too; it may have left a run that stands still.
addEventListener('unhandledrejection', ({ reason }) => {
  scope.postMessage({ event: 'problem', value: problemOf(reason) }, []);
});
