import '../settings/without-eval.ts';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { decodePicture } from '../digits/decode-picture.ts';
import { loadDigits } from '../digits/load-digits.ts';
import { ownFiles } from '../digits/own-files.ts';
import type { RequestMessage, WorkerMessage } from './messages.ts';
import { problemOf } from './problems.ts';
import { serve } from './serve.ts';

/** What TypeScript's types for pages lack for workers. */
interface WorkerScope {
  postMessage(message: WorkerMessage, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RequestMessage>) => void): void;
}

const scope = globalThis as unknown as WorkerScope;

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
    // A file of the page: its security policy forbids URLs created in the page.
    wasmPaths: { 'tfjs-backend-wasm-simd.wasm': new URL(simdWasm, import.meta.url).href },
  },
  post: (message, transfer) => scope.postMessage(message, transfer),
});

scope.addEventListener('message', ({ data }) => receive(data));

// Failures that nobody waited for are reported too: they may have stopped a run.
addEventListener('unhandledrejection', ({ reason }) => {
  scope.postMessage({ event: 'problem', value: problemOf(reason) }, []);
});
