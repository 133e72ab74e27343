import { env } from '@tensorflow/tfjs-core';
import { isNode } from './is-node.ts';

/**
 * Where tfjs's wasm files are: the address of a folder, or the address of each file by its name.
 * Only `tfjs-backend-wasm-simd.wasm` is used.
 */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** The parts of @tensorflow/tfjs-backend-wasm that say where its files are. */
interface TfjsWasm {
  setWasmPaths(paths: Record<string, string>): void;
  readonly version_wasm: string;
}

const SIMD = 'tfjs-backend-wasm-simd.wasm';
const ALL = ['tfjs-backend-wasm.wasm', SIMD, 'tfjs-backend-wasm-threaded-simd.wasm'];

/** Where the file that tfjs will load is, and what to do when it has been loaded. */
export interface WasmFile {
  readonly address: string;
  readonly bytes?: ArrayBuffer;
  /** Frees the memory that holds the file. */
  readonly release: () => void;
}

/**
 * Tells tfjs where its wasm file is. In Node, tfjs finds the file next to its code. A bundle or a
 * page has only the code, so the file comes from this package.
 *
 * @returns the file; undefined if tfjs finds it by itself
 */
export async function locateWasm(
  tfjs: TfjsWasm,
  given: WasmPaths | undefined,
): Promise<WasmFile | undefined> {
  // Our products need a heap that is not shared, so tfjs must not use its build with threads, even
  // in an isolated page.
  if (!isNode()) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (given !== undefined) return useFile(tfjs, { address: simdFile(given), release: () => {} });
  if (isNode()) return undefined;
  const { TFJS_VERSION, TFJS_WASM } = await import('./tfjs-wasm.generated.ts');
  if (tfjs.version_wasm !== TFJS_VERSION) {
    throw new Error(
      `this is version ${tfjs.version_wasm} of @tensorflow/tfjs-backend-wasm, and useBackend has ` +
        `the wasm file of ${TFJS_VERSION}: install that version, or say where the file is with ` +
        'the option wasmPaths',
    );
  }
  const bytes = await unpack(TFJS_WASM);
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  return useFile(tfjs, { address, bytes, release: () => URL.revokeObjectURL(address) });
}

function useFile(tfjs: TfjsWasm, file: WasmFile): WasmFile {
  tfjs.setWasmPaths(Object.fromEntries(ALL.map((name) => [name, file.address])));
  return file;
}

function simdFile(given: WasmPaths): string {
  const address = typeof given === 'string' ? given + SIMD : given[SIMD];
  if (address !== undefined) return address;
  throw new Error(
    `wasmPaths has ${Object.keys(given).join(', ') || 'nothing'}, expected the address of ${SIMD}`,
  );
}

/** Unpacks bytes that were compressed with gzip and written as base64. */
async function unpack(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/**
 * Says in a clause why tfjs could not use a file, because tfjs itself does not say; undefined if
 * the file is not the cause.
 */
export async function whyUnusable({ address, bytes }: WasmFile): Promise<string | undefined> {
  let found: ArrayBuffer;
  try {
    const answer = await fetch(address);
    if (!answer.ok) return `${address} answers with status ${answer.status}; see wasmPaths`;
    found = await answer.arrayBuffer();
  } catch (error) {
    return bytes === undefined
      ? `${address} cannot be fetched (${String(error)}); see wasmPaths`
      : "the page's content security policy forbids blob: addresses; allow them in connect-src, " +
          'or say where the wasm file is with the option wasmPaths';
  }
  try {
    await WebAssembly.compile(found);
  } catch (error) {
    return `WebAssembly cannot be used: ${String(error)}`;
  }
  return undefined;
}
