import { useBackend, type WasmPaths } from '@deepbelief/backend';
import { webgpu } from '@deepbelief/backend/webgpu';
import { Refusal } from './problems.ts';
import type { BackendInfo } from './protocol.ts';

/**
 * Chooses the backend asked for; by default WebGPU on a real GPU, else wasm. Says which and why.
 * Throws a Refusal with the remedy.
 */
export async function chooseBackend(
  asked: 'auto' | 'webgpu' | 'wasm',
  wasmPaths?: WasmPaths,
): Promise<BackendInfo> {
  try {
    const { backend, arithmetic, rejected } = await useBackend({
      webgpu,
      ...(asked === 'auto' ? {} : { backend: asked }),
      ...(wasmPaths === undefined ? {} : { wasmPaths }),
    });
    const name = backend === 'webgpu' || backend === 'cpu' ? backend : 'wasm';
    const reason = rejected.find((line) => line.startsWith('webgpu: '))?.slice('webgpu: '.length);
    const why =
      asked === 'auto'
        ? (reason ?? 'this machine has a GPU that WebGPU offers')
        : 'the link asks for it';
    return { backend: name, arithmetic, why: `${name}, because ${why}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      `This page cannot compute on ${asked === 'auto' ? 'this machine' : asked}: ${reason}.`,
      ...(asked === 'webgpu' ? [{ kind: 'wasm', label: 'Continue without the GPU' } as const] : []),
    );
  }
}
