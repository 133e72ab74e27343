import { activateTfjs, isStarted } from './activate-tfjs.ts';
import { guardHeap } from './guard-heap.ts';
import { whyNotImported } from './import-in-node.ts';
import { locateWasm, whyUnusable, type WasmFile, type WasmPaths } from './wasm-files.ts';

/**
 * Starts tfjs's wasm backend.
 *
 * @param paths where its wasm file is. Default: it is found automatically
 * @returns the reason (a clause) if that fails
 */
export async function startTfjsWasm(paths: WasmPaths | undefined): Promise<string | undefined> {
  let file: WasmFile | undefined;
  const load = async (): Promise<string | undefined> => {
    try {
      const tfjs = await import('@tensorflow/tfjs-backend-wasm');
      if (!isStarted('wasm')) file = await locateWasm(tfjs, paths);
      return undefined;
    } catch (error) {
      return whyNotImported(error, '@tensorflow/tfjs-backend-wasm', "tfjs's wasm backend");
    }
  };
  const reason = await activateTfjs('wasm', load);
  const why = reason === undefined || file === undefined ? undefined : await whyUnusable(file);
  file?.release();
  if (reason === undefined) guardHeap();
  return why ?? reason;
}
